# Builds dist\workbench and its installer on Windows.
#
# NEVER RUN YET, only parsed (tree-sitter's grammar; PSScriptAnalyzer was not at hand). Expect to
# mend details.
# llama.cpp is built for any x86-64 processor with AVX2: the variants that are chosen at run time
# need another build system here.
#
#   powershell -ExecutionPolicy Bypass -File packaging\windows\build.ps1
#
# Needs Python 3.11 or newer (python.org), Visual Studio Build Tools with C++, Inno Setup 6.3
# or newer; CMake and Ninja come from PyPI.
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
Set-Location (Join-Path $PSScriptRoot '..\..')

function Invoke-Checked {
    param([string] $Program, [string[]] $Arguments)
    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) { throw "$Program ended with $LASTEXITCODE" }
}

$venv = 'build\bundle\venv'
$python = Join-Path $venv 'Scripts\python.exe'
if (-not (Test-Path $python)) {
    Invoke-Checked 'py' @('-3', '-m', 'venv', $venv)
}
Invoke-Checked $python @('-m', 'pip', 'install', '-q', '--upgrade', 'pip')
$env:CMAKE_ARGS = '-DGGML_NATIVE=OFF -DGGML_AVX2=ON -DGGML_FMA=ON -DGGML_F16C=ON -DLLAVA_BUILD=OFF ' +
    '-DLLAMA_BUILD_TOOLS=OFF -DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_TESTS=OFF'
Invoke-Checked $python @('-m', 'pip', 'install', '-q', '.[metrics,pdf,remote]', 'openpyxl',
    '--group', 'bundle')
# The program itself is taken from the checkout.
Invoke-Checked $python @('-m', 'pip', 'uninstall', '-q', '-y', 'prompt-workbench')
$library = Join-Path $venv 'Lib\site-packages\llama_cpp\lib'
if (Test-Path 'build\llama\lib') { Remove-Item 'build\llama\lib' -Recurse }
New-Item -ItemType Directory -Force 'build\llama\lib' | Out-Null
# Not the import libraries beside them: PyInstaller would take those for programs.
Copy-Item (Join-Path $library '*.dll') 'build\llama\lib'

Invoke-Checked $python @('packaging\icons.py', 'build\icons')
Invoke-Checked $python @('packaging\bundle\licences.py', 'build\bundle\licences.txt')
$env:PYTHONPATH = (Get-Location).Path
Invoke-Checked $python @('-m', 'PyInstaller', '--noconfirm', '--log-level', 'WARN',
    '--distpath', 'dist', '--workpath', 'build\bundle\work', 'packaging\bundle\workbench.spec')
Copy-Item 'build\bundle\licences.txt' 'dist\workbench\LICENCES.txt'
Invoke-Checked 'dist\workbench\workbench.exe' @('doctor')
Invoke-Checked 'dist\workbench\workbench.exe' @('run', '@Once upon a time', '-s', 'max_tokens=8', '--no-save')

$version = & $python -c 'import workbench; print(workbench.__version__)'
$compiler = Join-Path ${env:ProgramFiles(x86)} 'Inno Setup 6\ISCC.exe'
Invoke-Checked $compiler @("/DVersion=$version", 'packaging\windows\workbench.iss')
Get-ChildItem 'dist\Prompt-Workbench-*.exe' | Select-Object -Property @('Name', 'Length')
