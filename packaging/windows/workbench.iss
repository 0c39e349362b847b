; Installer for Windows, made by Inno Setup 6.3 or newer from dist\workbench (see build.ps1).
;
; NEVER RUN YET: written on Linux, where a test can only read this file and look for what it names.
; Expect to mend details the first time.
;
; Installs for one person without administrator rights, or for everybody when asked. Tasks that run
; code are refused on Windows: only Linux has the walls they need (`workbench doctor` says so).

#ifndef Version
  #error "Give the version: ISCC /DVersion=0.1.0 workbench.iss"
#endif
#define Name "Prompt Workbench"
#define Id "org.promptworkbench.Workbench"

[Setup]
AppId={{6C0B6F0E-5E0B-4B37-9B5C-2E8D5F1A7C42}
AppName={#Name}
AppVersion={#Version}
AppPublisher=The Prompt Workbench authors
DefaultDirName={autopf}\{#Name}
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\icons\{#Id}.ico
UninstallDisplayIcon={app}\workbench-window.exe
OutputDir=..\..\dist
OutputBaseFilename=Prompt-Workbench-{#Version}-x64
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
ChangesAssociations=yes
ChangesEnvironment=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"

[CustomMessages]
en.Path=Make the command "workbench" known to terminals
de.Path=Den Befehl „workbench“ in Terminals bekannt machen
en.Files=Open .gguf and .prompt.yml files with {#Name}
de.Files=.gguf- und .prompt.yml-Dateien mit {#Name} öffnen

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked
Name: "path"; Description: "{cm:Path}"
Name: "files"; Description: "{cm:Files}"

[Files]
Source: "..\..\dist\workbench\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs
Source: "..\..\build\icons\application-x-gguf.ico"; DestDir: "{app}"; Flags: ignoreversion
Source: "..\..\build\icons\application-x-prompt+yaml.ico"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{group}\{#Name}"; Filename: "{app}\workbench-window.exe"; AppUserModelID: "{#Id}"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\workbench-window.exe"; AppUserModelID: "{#Id}"; Tasks: desktopicon

[Registry]
Root: HKA; Subkey: "Software\Classes\.gguf\OpenWithProgids"; ValueType: string; ValueName: "{#Id}.gguf"; ValueData: ""; Flags: uninsdeletevalue; Tasks: files
Root: HKA; Subkey: "Software\Classes\{#Id}.gguf"; ValueType: string; ValueData: "GGUF language model"; Flags: uninsdeletekey; Tasks: files
Root: HKA; Subkey: "Software\Classes\{#Id}.gguf\DefaultIcon"; ValueType: string; ValueData: "{app}\application-x-gguf.ico"; Tasks: files
Root: HKA; Subkey: "Software\Classes\{#Id}.gguf\shell\open\command"; ValueType: string; ValueData: """{app}\workbench-window.exe"" open ""%1"""; Tasks: files
; Windows knows only the last part of a name, so every YAML file offers the program, none by default.
Root: HKA; Subkey: "Software\Classes\.yml\OpenWithProgids"; ValueType: string; ValueName: "{#Id}.prompt"; ValueData: ""; Flags: uninsdeletevalue; Tasks: files
Root: HKA; Subkey: "Software\Classes\{#Id}.prompt"; ValueType: string; ValueData: "Prompt"; Flags: uninsdeletekey; Tasks: files
Root: HKA; Subkey: "Software\Classes\{#Id}.prompt\DefaultIcon"; ValueType: string; ValueData: "{app}\application-x-prompt+yaml.ico"; Tasks: files
Root: HKA; Subkey: "Software\Classes\{#Id}.prompt\shell\open\command"; ValueType: string; ValueData: """{app}\workbench-window.exe"" open ""%1"""; Tasks: files

[Run]
Filename: "{app}\workbench-window.exe"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent

[Code]
{ Where the PATH of this person is kept, or of everybody when the program is installed for all. }
function PathRoot: Integer;
begin
  if IsAdminInstallMode then
    Result := HKEY_LOCAL_MACHINE
  else
    Result := HKEY_CURRENT_USER;
end;

function PathKey: string;
begin
  if IsAdminInstallMode then
    Result := 'SYSTEM\CurrentControlSet\Control\Session Manager\Environment'
  else
    Result := 'Environment';
end;

function PathOf: string;
begin
  if not RegQueryStringValue(PathRoot, PathKey, 'Path', Result) then
    Result := '';
end;

procedure CurStepChanged(CurStep: TSetupStep);
var
  Path: string;
begin
  if (CurStep = ssPostInstall) and WizardIsTaskSelected('path') then
  begin
    Path := PathOf;
    if (Path = '') and IsAdminInstallMode then
      exit;  { it could not be read: better no command than a system without its PATH }
    if Pos(';' + Uppercase(ExpandConstant('{app}')) + ';', ';' + Uppercase(Path) + ';') = 0 then
    begin
      if (Path <> '') and (Copy(Path, Length(Path), 1) <> ';') then
        Path := Path + ';';
      RegWriteExpandStringValue(PathRoot, PathKey, 'Path', Path + ExpandConstant('{app}'));
    end;
  end;
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
var
  Path: string;
  Place: Integer;
begin
  if CurUninstallStep = usPostUninstall then
  begin
    Path := ';' + PathOf + ';';
    Place := Pos(';' + Uppercase(ExpandConstant('{app}')) + ';', Uppercase(Path));
    if Place > 0 then
    begin
      Delete(Path, Place, Length(ExpandConstant('{app}')) + 1);
      RegWriteExpandStringValue(PathRoot, PathKey, 'Path', Copy(Path, 2, Length(Path) - 2));
    end;
  end;
end;
