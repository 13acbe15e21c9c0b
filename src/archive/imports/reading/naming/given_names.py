"""Whether a word is somebody's given name, in any of many countries."""

from functools import cache
from importlib import resources

from archive.review.folding import folded
from archive.review.given_names import is_given_name as is_common_in_sweden

# What Faker's lists lack of names in Sweden: old, Nordic, pet names and those of many who have moved here.
_RARER_TEXT = """
abebe abshir agaton agda ahlam ajla alaa alasdair alfrida almir amela amit amra ananya andrii anil arash
ardalan arezo armita arvida ashild aslog asmund atle azadeh babak bahar bahram baran bartosz bashar
behrouz behzad belma berivan bijan biniam borghild bosse botvid cissi costas dagfinn darya dawit deepak
deqa dilan dimitris dmytro dzenana ehsan elham elnaz emina ermin esbjorn estrid fadi faduma fadumo faisal
farhad farid farzaneh fereshteh feven fikret filmon filsan frej freweini fridtjof fritjof gaute ghada
giorgos gisle golnaz gorel gry guled gunvald guro hadar haidar hala halvar halvard halvor hamdi hanan
haneen haris helka helny henok hevin hiba hibo hiroshi hiwot hodan hossein idil ifrah ilpo iman inas
iryna iselin jama jannica jannike jeroen jette jihad jons jonte joran joumana kareem kateryna kaveh
kavita kenji kersti ketil kicki kidane kimia kjerstin laleh lamija lamis layla lejla lisen lotten lottie
lubna ludde maarja magnhild maha mahad mahmood mahsa majd malak malee manal maral marieke marwa marwan
masoud maysa medina mehari mehran mehrdad merhawi merima meron mersiha mevlida mieczyslaw minttu mirza
mohsen mojgan morteza mouna muna nader nadim nahid nahla naima najma nasrin natnael navid nawal negin
nermina nguyen nidal nikhil niloofar niloufar nima ninni noomi noura novalie oksana olaug oleksandr omid
othman pari parisa payam pouya pradeep puya qusay ragnfrid ragni ragnvald rahul rajesh ramesh rami ramin
randa rania rasha razan reem rima robel rohit roine rojda roshan rula rutger saad sabah saeed saeid safa
sahand sahar sahra saman samaneh samiya samra samrawit sandeep sanela sanjay sawsan sead selam semhar
semir senad senait sepideh serhii shahd shahin shahram shahrzad shaza shima shirin shiva shreya siavash
sigbritt simret sindy sivan soheila solbritt solfrid somchai soroush suad sumaya sunita suresh suss
svitlana tarek tarik tariq tekle teklu tesfay tesfaye thiago thorbjorn thord tobbe tommie toril torleif
tormod torunn torvald tran tryggve trygve tsegay tuure tyko urho vasilis vibeke vidkun vijay vikram villy
viveca volodymyr waleed warsame wei wissam wivan wiveca wivi xin yalda yannis yared yi ying yodit
yohannes yonas yordanos yuki yuliia zakariya zeina zerai ziad zlatan
cilla katta lollo totte affe acke nisse putte anki anci annki bettan berra challe danne fia figge frasse
gittan hasse jocke jossan kattis krille lelle lussan mackan malou maggan micke mickan millan mogge nettan
niffe nicke palle pyret raffe robban roffe sussi sickan steffo sussie tessan titti uffe vickan ullis
ankie carro bibbi bitte bisse gullan gullvy maivor
"""
_RARER = frozenset(_RARER_TEXT.split())


@cache
def _names() -> frozenset[str]:
    text = resources.files("archive.imports.reading.naming").joinpath("given_names.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))


def is_given_name(word: str) -> bool:
    """Return whether a word, or the first part of one with a hyphen, is a given name."""
    if is_common_in_sweden(word):
        return True
    whole = folded(word)
    if whole in _RARER:
        return True
    return whole in _names() or ("-" in whole and whole.partition("-")[0] in _names())
