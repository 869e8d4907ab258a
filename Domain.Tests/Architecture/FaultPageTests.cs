using System.Text.RegularExpressions;
using Xunit;

namespace Chat.Domain.Tests.Architecture;

/// <summary>What docs/faults.md says is tested is a test.</summary>
public sealed partial class FaultPageTests
{
    [Fact]
    public void EachNamedTestIsThere()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "faults.md"));
        var named = Test().Matches(page).ToList();
        Assert.True(named.Count > 20, $"{named.Count} are named");
        var tests = Directory
            .GetFiles(Path.Combine(Repository.Root, "Host.Tests"), "*Tests.cs", SearchOption.AllDirectories)
            .ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);
        Assert.All(
            named,
            one =>
                Assert.Contains(
                    tests[one.Groups[1].Value],
                    text => text.Contains($" {one.Groups[2]}(", StringComparison.Ordinal)
                )
        );
    }

    [GeneratedRegex("`([A-Za-z]+Tests)\\.([A-Za-z_]+)`")]
    private static partial Regex Test();
}
