"""Macros of our own that make a text look as its readers are to see it.

They accept all tracked changes, so that the PDF has no deleted words, and take out the fields that say where
the file lies: that is a folder of this machine.

LibreOffice writes deleted words into a PDF, struck through and without a space to what replaced them. No
option of its export leaves them out, nor does hiding them (`ShowChanges`), and commands sent to it as a
library are done too late; a macro is done at once. Changes stay where a text is read-only or its changes are
protected: both are lifted first, and where one change is left nothing is written. The macros lie in the
private profile; macros of documents stay off.

A LibreOffice without its windows (Debian's -nogui packages lack annotation.ui) opens no text with comments,
not even hidden. `Convert` opens a text without a view and leaves the comments out first.
"""

from pathlib import Path
from xml.sax.saxutils import escape

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

Sub LeaveOutComments(source, sourceFilter, copy)
 Dim reading(1) As New com.sun.star.beans.PropertyValue
 Dim writing(0) As New com.sun.star.beans.PropertyValue
 Dim document, fields, field
 reading(0).Name = "URL"
 reading(0).Value = source
 reading(1).Name = "FilterName"
 reading(1).Value = sourceFilter
 document = createUnoService("com.sun.star.text.TextDocument")
 document.load(reading())
 fields = document.TextFields.createEnumeration()
 Do While fields.hasMoreElements()
  field = fields.nextElement()
  If field.supportsService("com.sun.star.text.TextField.Annotation") Then field.dispose()
 Loop
 writing(0).Name = "FilterName"
 writing(0).Value = "writer8"
 document.storeToURL(copy, writing())
 document.close(True)
End Sub

Sub Convert(source, sourceFilter, target, filter)
 Dim hidden(0) As New com.sun.star.beans.PropertyValue
 Dim export(1) As New com.sun.star.beans.PropertyValue
 Dim options(1) As New com.sun.star.beans.PropertyValue
 Dim document
 On Error Goto Done
 hidden(0).Name = "Hidden"
 hidden(0).Value = True
 If sourceFilter <> "" Then
  LeaveOutComments(source, sourceFilter, source & ".odt")
  source = source & ".odt"
 End If
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


_READING_FILTERS = {
    ".odt": "writer8",
    ".docx": "MS Word 2007 XML",
    ".doc": "MS Word 97",
    ".rtf": "Rich Text Format",
}


def convert_address(source: Path, target: Path, pdf_filter: str) -> str:
    """Return the address of the macro that makes a PDF of a text; both paths are absolute."""
    reading_filter = _READING_FILTERS.get(source.suffix, "")
    parts = (source.as_uri(), reading_filter, target.as_uri(), pdf_filter)
    arguments = ", ".join(f'"{part}"' for part in parts)
    return f"macro:///Standard.FinalView.Convert({arguments})"


def install(profile: Path) -> None:
    """Put the macro into a profile that LibreOffice has made already; it overwrites what was there before."""
    folder = profile / "user" / "basic" / "Standard"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "FinalView.xba").write_text(_MODULE.format(escape(_BASIC, {'"': "&quot;"})), "utf-8")
    (folder / "script.xlb").write_text(_LIBRARY, "utf-8")
