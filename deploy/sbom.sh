#!/usr/bin/env bash
# Writes what the program is made of as a bill of materials (CycloneDX, JSON):  bash deploy/sbom.sh [file]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
file="${1:-artifacts/sbom.cdx.json}"
mkdir -p "$(dirname "$file")"
dotnet tool restore > /dev/null
dotnet restore src/InquiryRouter --locked-mode > /dev/null
version="$(dotnet msbuild src/InquiryRouter -t:VersionFromTag -getProperty:Version)"
# What is only for the build stands in it with the scope "excluded"; nobody is asked for licences.
dotnet tool run dotnet-CycloneDX src/InquiryRouter/InquiryRouter.csproj --disable-package-restore --no-serial-number \
  --output-format Json --output "$(dirname "$file")" --filename "$(basename "$file")" --set-name InquiryRouter --set-version "$version" \
  --set-type Application > /dev/null
echo "$file"
