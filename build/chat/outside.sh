# What the page on embedding shows, from the packages and outside of this tree. Sourced by ./chat.

# Packs what was built just now, and runs the samples in a folder that knows nothing of the sources.
outside() {
    local folder code=0
    folder=$(mktemp -d)
    pack_into "$folder/feed" &&
        outside_project "$folder" &&
        cp Domain.Tests/Embed/*.cs Host.Tests/Embed/*.cs "$folder" &&
        (cd "$folder" && dotnet test --nologo --tl:off -v:q) || code=$?
    rm -rf "$folder"
    return "$code"
}

pack_into() {
    local project
    for project in "${packages[@]}"; do
        dotnet msbuild -t:Pack "$project" "${quiet[@]}" -p:NoBuild=true -p:PackageOutputPath="$1" || return
    done
}

# The usual sources and the packages of the lock, beside ours; a cache of its own, since our version stays the same.
# Who writes no MessagePack types can do without the analyzer that MessagePack names, which not every feed has.
outside_project() {
    cat >"$1/nuget.config" <<EOF
<configuration>
  <packageSources>
    <add key="chat" value="$1/feed" />
    <add key="locked" value="$PWD/packages" />
  </packageSources>
</configuration>
EOF
    cat >"$1/Outside.csproj" <<EOF
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <RestorePackagesPath>$1/cache</RestorePackagesPath>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Chat.Domain" Version="*" />
    <PackageReference Include="Chat.Protocol" Version="*" />
    <PackageReference Include="Chat.Client" Version="*" />
    <PackageReference Include="Chat.Spec" Version="*" />
    <PackageReference Include="xunit" Version="2.9.3" />
    <PackageReference Include="xunit.runner.visualstudio" Version="3.1.5" />
    <PackageReference Include="Microsoft.NET.Test.Sdk" Version="18.11.0" />
    <PrunePackageReference Include="MessagePackAnalyzer" Version="3.999.0" />
  </ItemGroup>
</Project>
EOF
    cat >"$1/ClientTests.cs" <<EOF
public sealed class ClientTests
{
    [Xunit.Fact]
    public void The_client_is_the_package_s() =>
        Xunit.Assert.NotEqual(Chat.Client.ChatClient.NewId(), Chat.Client.ChatClient.NewId());
}
EOF
}
