# Signs programs for Windows: sign.ps1 FILE…
#
# WINDOWS_CERTIFICATE is a certificate with its key (.pfx) in Base64, WINDOWS_CERTIFICATE_PASSWORD opens it. Without a
# certificate nothing is signed, and that is said.
$ErrorActionPreference = "Stop"
if (-not $env:WINDOWS_CERTIFICATE) {
    Write-Host "WINDOWS_CERTIFICATE is not set; not signed: $args"
    exit 0
}
$certificate = Join-Path ([IO.Path]::GetTempPath()) "negatoscope-signing.pfx"
try {
    [IO.File]::WriteAllBytes($certificate, [Convert]::FromBase64String($env:WINDOWS_CERTIFICATE))
    $kits = "${env:ProgramFiles(x86)}\Windows Kits\10\bin\*\x64\signtool.exe"
    $signtool = (Get-ChildItem $kits | Sort-Object FullName | Select-Object -Last 1).FullName
    & $signtool sign /f $certificate /p $env:WINDOWS_CERTIFICATE_PASSWORD /fd SHA256 `
        /tr http://timestamp.digicert.com /td SHA256 @args
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
} finally {
    Remove-Item -Force -ErrorAction SilentlyContinue $certificate
}
