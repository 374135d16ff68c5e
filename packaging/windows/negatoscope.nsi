; Windows installer: per-user, no administrator needed; settings and results of the user stay when it is removed.
; Compile on any platform:
;   makensis -DVERSION=0.1.0 -DPAYLOAD=dist/negatoscope -DOUTPUT=dist/negatoscope-0.1.0-setup.exe packaging/windows/negatoscope.nsi
; PAYLOAD is the folder that packaging/build.py makes on Windows.
Unicode true
!include "MUI2.nsh"
!include "FileFunc.nsh"

Name "Negatoscope"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\Negatoscope"
InstallDirRegKey HKCU "Software\Negatoscope" "InstallDir"
RequestExecutionLevel user
SetCompressor /SOLID lzma
BrandingText "Research and education only; not for diagnosis"

VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "Negatoscope"
VIAddVersionKey "FileDescription" "Chest film viewer; research and education only"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "The Negatoscope authors, Apache-2.0"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\Negatoscope"
!define PROGID "Negatoscope.Film"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_LICENSE "../../LICENSE"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\negatoscope.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Russian"

!macro OfferFor EXTENSION
    WriteRegStr HKCU "Software\Classes\${EXTENSION}\OpenWithProgids" "${PROGID}" ""
    WriteRegStr HKCU "Software\Classes\Applications\negatoscope.exe\SupportedTypes" "${EXTENSION}" ""
!macroend

!macro WithdrawFrom EXTENSION
    DeleteRegValue HKCU "Software\Classes\${EXTENSION}\OpenWithProgids" "${PROGID}"
!macroend

Section "Negatoscope"
    SetOutPath "$INSTDIR"
    RMDir /r "$INSTDIR\_internal"
    File /r "${PAYLOAD}/*"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    CreateShortcut "$SMPROGRAMS\Negatoscope.lnk" "$INSTDIR\negatoscope.exe"

    WriteRegStr HKCU "Software\Classes\${PROGID}" "" "Chest film"
    WriteRegStr HKCU "Software\Classes\${PROGID}\DefaultIcon" "" "$INSTDIR\negatoscope.exe,0"
    WriteRegStr HKCU "Software\Classes\${PROGID}\shell\open\command" "" '"$INSTDIR\negatoscope.exe" "%1"'
    WriteRegStr HKCU "Software\Classes\Applications\negatoscope.exe\shell\open\command" "" '"$INSTDIR\negatoscope.exe" "%1"'
    !insertmacro OfferFor ".dcm"
    !insertmacro OfferFor ".dicom"
    !insertmacro OfferFor ".png"
    !insertmacro OfferFor ".jpg"
    !insertmacro OfferFor ".jpeg"
    !insertmacro OfferFor ".tif"
    !insertmacro OfferFor ".tiff"
    !insertmacro OfferFor ".bmp"
    !insertmacro OfferFor ".webp"
    !insertmacro OfferFor ".zip"

    WriteRegStr HKCU "Software\Negatoscope" "InstallDir" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "Negatoscope"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\negatoscope.exe"
    WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The Negatoscope authors"
    WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
    ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
    WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

Section "Uninstall"
    RMDir /r "$INSTDIR\_internal"
    Delete "$INSTDIR\negatoscope.exe"
    Delete "$INSTDIR\negatoscope-cli.exe"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\Negatoscope.lnk"
    !insertmacro WithdrawFrom ".dcm"
    !insertmacro WithdrawFrom ".dicom"
    !insertmacro WithdrawFrom ".png"
    !insertmacro WithdrawFrom ".jpg"
    !insertmacro WithdrawFrom ".jpeg"
    !insertmacro WithdrawFrom ".tif"
    !insertmacro WithdrawFrom ".tiff"
    !insertmacro WithdrawFrom ".bmp"
    !insertmacro WithdrawFrom ".webp"
    !insertmacro WithdrawFrom ".zip"
    DeleteRegKey HKCU "Software\Classes\${PROGID}"
    DeleteRegKey HKCU "Software\Classes\Applications\negatoscope.exe"
    DeleteRegKey HKCU "${UNINSTALL}"
    DeleteRegKey HKCU "Software\Negatoscope"
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
