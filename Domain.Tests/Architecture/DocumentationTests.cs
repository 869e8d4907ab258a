using System.Reflection;
using System.Xml.Linq;
using Xunit;

namespace Chat.Domain.Tests.Architecture;

/// <summary>Every public type of a package says what it is. The cases of a union are spared.</summary>
public sealed class DocumentationTests
{
    [Theory]
    [InlineData("Chat.Domain")]
    [InlineData("Chat.Protocol")]
    public void EveryPublicTypeHasASummary(string package)
    {
        var described = XDocument
            .Load(Path.Combine(AppContext.BaseDirectory, $"{package}.xml"))
            .Descendants("member")
            .Where(member => !string.IsNullOrWhiteSpace(member.Element("summary")?.Value))
            .Select(member => member.Attribute("name")!.Value)
            .ToHashSet();
        Faults.None(
            Assembly
                .Load(package)
                .GetExportedTypes()
                .Where(type => !type.IsNested && !described.Contains($"T:{type.FullName}"))
                .Select(type => type.FullName)
        );
    }

    /// <summary>What docs/embed.md shows is what is compiled and run, and a service takes at most 40 lines.</summary>
    [Fact]
    public void WhatThePageOnEmbeddingShowsIsCompiledAndRun()
    {
        var page = string.Join('\n', Repository.Lines("docs/embed.md"));
        var shown = page.Split("```csharp\n").Skip(1).Select(rest => rest.Split("\n```")[0]).ToList();
        var compiled = new[] { "EmbeddedService.cs", "ViewsInAClient.cs", "FileStore.cs" }
            .Select(file => Unindented(Repository.Lines($"Domain.Tests/Embed/{file}")))
            .ToList();
        Assert.Equal(compiled.Count, shown.Count);
        foreach (var (code, file) in shown.Zip(compiled))
            Assert.Contains(Unindented(code.Split('\n')), file);
        Assert.True(shown[0].Split('\n').Length <= 40, "a service takes at most 40 lines");
    }

    private static string Unindented(string[] lines) => string.Join('\n', lines.Select(line => line.TrimStart()));
}
