"""Macros of our own that make a text look as its readers are to see it.

They accept all tracked changes, so that the PDF has no deleted words, and take out the fields that say where
the file lies: that is a folder of this machine.

LibreOffice writes deleted words into a PDF, struck through and without a space to what replaced them. No
option of its export leaves them out, nor does hiding them (`ShowChanges`), and commands sent to it as a
library are done too late; a macro is done at once. Changes stay where a text is read-only or its changes are
protected: both are lifted first, and where one change is left nothing is written. The macros lie in the
private profile; macros of documents stay off.
"""

from pathlib import Path

ADDRESS = b"macro:///Standard.FinalView.Show()"
"""Makes the text that is open final."""

_BASIC = """Sub Show
 Dim documents, document
 documents = StarDesktop.Components.createEnumeration()
 Do While documents.hasMoreElements()
  document = documents.nextElement()
  If document.supportsService("com.sun.star.text.GenericTextDocument") Then
   MakeFinal(document)
  End If
 Loop
End Sub

Sub MakeFinal(document)
 Dim key() As Byte
 Dim frame, helper, fields, field
 frame = document.CurrentController.Frame
 helper = createUnoService("com.sun.star.frame.DispatchHelper")
 If document.isReadonly() Then
  helper.executeDispatch(frame, ".uno:EditDoc", "", 0, Array())
 End If
 document.RedlineProtectionKey = key
 helper.executeDispatch(frame, ".uno:AcceptAllTrackedChanges", "", 0, Array())
 If document.getRedlines().createEnumeration().hasMoreElements() Then
  Error 1
 End If
 fields = document.TextFields.createEnumeration()
 Do While fields.hasMoreElements()
  field = fields.nextElement()
  If field.supportsService("com.sun.star.text.TextField.FileName") Then field.dispose()
 Loop
End Sub

Sub Convert(source, target, filter)
 Dim hidden(0) As New com.sun.star.beans.PropertyValue
 Dim export(1) As New com.sun.star.beans.PropertyValue
 Dim options(1) As New com.sun.star.beans.PropertyValue
 Dim document
 On Error Goto Done
 hidden(0).Name = "Hidden"
 hidden(0).Value = True
 document = StarDesktop.loadComponentFromURL(source, "_blank", 0, hidden())
 If Not IsNull(document) Then
  MakeFinal(document)
  export(0).Name = "FilterName"
  export(0).Value = filter
  options(0).Name = "ExportNotes"
  options(0).Value = False
  options(1).Name = "ExportNotesInMargin"
  options(1).Value = False
  export(1).Name = "FilterData"
  export(1).Value = options()
  document.storeToURL(target, export())
 End If
Done:
 StarDesktop.terminate()
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


def convert_address(source: Path, target: Path, pdf_filter: str) -> str:
    """Return the address of the macro that makes a PDF of a text; both paths are absolute."""
    arguments = ", ".join(f'"{part}"' for part in (source.as_uri(), target.as_uri(), pdf_filter))
    return f"macro:///Standard.FinalView.Convert({arguments})"


def install(profile: Path) -> None:
    """Put the macro into a profile that LibreOffice has made already; it overwrites what was there before."""
    folder = profile / "user" / "basic" / "Standard"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "FinalView.xba").write_text(_MODULE.format(_BASIC.replace('"', "&quot;")), "utf-8")
    (folder / "script.xlb").write_text(_LIBRARY, "utf-8")
