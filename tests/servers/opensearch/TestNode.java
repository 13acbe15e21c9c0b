import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.opensearch.Version;
import org.opensearch.analysis.common.CommonAnalysisModulePlugin;
import org.opensearch.common.settings.Settings;
import org.opensearch.index.reindex.ReindexModulePlugin;
import org.opensearch.node.InternalSettingsPreparer;
import org.opensearch.node.Node;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.PluginInfo;
import org.opensearch.transport.Netty4ModulePlugin;

/**
 * An OpenSearch node for tests. Arguments: its folder, the process to end with, settings as name=value.
 *
 * <p>It ends when that process does, however that happens, so that no run of tests leaves one behind.
 */
public final class TestNode extends Node {
    private TestNode(Path home, Map<String, String> settings) {
        super(
            InternalSettingsPreparer.prepareEnvironment(
                Settings.builder().put("path.home", home.toString()).build(),
                settings,
                home.resolve("config"),
                () -> "test"),
            modules(),
            true);
    }

    private static Collection<PluginInfo> modules() {
        return List.of(
            described(Netty4ModulePlugin.class),
            described(CommonAnalysisModulePlugin.class),
            described(ReindexModulePlugin.class));
    }

    /** Describe a module of the class path as the server describes those in its folder of modules. */
    private static PluginInfo described(Class<? extends Plugin> module) {
        String name = module.getName();
        String java = String.valueOf(Runtime.version().feature());
        return new PluginInfo(name, name, "1", Version.CURRENT, java, name, List.of(), false);
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> settings = new HashMap<>();
        for (String argument : List.of(arguments).subList(2, arguments.length)) {
            int sign = argument.indexOf('=');
            settings.put(argument.substring(0, sign), argument.substring(sign + 1));
        }
        TestNode node = new TestNode(Path.of(arguments[0]), settings);
        Runtime.getRuntime().addShutdownHook(new Thread(node::end));
        node.start();
        ProcessHandle.of(Long.parseLong(arguments[1])).ifPresent(owner -> owner.onExit().join());
        System.exit(0);
    }

    private void end() {
        try {
            close();
            awaitClose(10, TimeUnit.SECONDS);
        } catch (Exception failure) {
            failure.printStackTrace();
        }
    }
}
