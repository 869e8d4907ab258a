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
}
