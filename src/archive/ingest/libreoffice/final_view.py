"""A macro of our own that makes an open text look as its readers are to see it.

It accepts all tracked changes, so that the PDF has no deleted words, and takes out the fields that say where
the file lies: that is a folder of this machine.

LibreOffice writes deleted words into a PDF, struck through and without a space to what replaced them. No
option of its export leaves them out, and commands sent to it as a library are done too late; a macro is done
at once. It lies in the private profile; macros of documents stay off.
"""

from pathlib import Path

ADDRESS = b"macro:///Standard.FinalView.Show()"

_BASIC = """Sub Show
 Dim documents, document, helper, fields, field
 documents = StarDesktop.Components.createEnumeration()
 helper = createUnoService("com.sun.star.frame.DispatchHelper")
 Do While documents.hasMoreElements()
  document = documents.nextElement()
  If document.supportsService("com.sun.star.text.GenericTextDocument") Then
   helper.executeDispatch(document.CurrentController.Frame, ".uno:AcceptAllTrackedChanges", "", 0, Array())
   fields = document.TextFields.createEnumeration()
   Do While fields.hasMoreElements()
    field = fields.nextElement()
    If field.supportsService("com.sun.star.text.TextField.FileName") Then field.dispose()
   Loop
  End If
 Loop
End Sub
"""
_MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script"
 script:name="FinalView" script:language="StarBasic">
{}</script:module>
"""
_LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard"
 library:readonly="false" library:passwordprotected="false">
 <library:element library:name="FinalView"/>
</library:library>
"""


def install(profile: Path) -> None:
    """Put the macro into a profile that LibreOffice has made already; it overwrites what was there before."""
    folder = profile / "user" / "basic" / "Standard"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "FinalView.xba").write_text(_MODULE.format(_BASIC.replace('"', "&quot;")), "utf-8")
    (folder / "script.xlb").write_text(_LIBRARY, "utf-8")
