using System.Text.RegularExpressions;
using Xunit;

namespace Chat.Domain.Tests.Architecture;

/// <summary>What no formatter holds: sizes, widths, blanks and names that must not stand in a file.</summary>
/// <remarks>In the manner of TigerBeetle's tidy.zig.</remarks>
public sealed partial class TidyTests
{
    private const int FileLines = 250;
    private const int FunctionLines = 70;
    private const int Columns = 120;

    private static readonly string[] Code =
    [
        ".cs",
        ".fs",
        ".fsx",
        ".ts",
        ".tsx",
        ".js",
        ".css",
        ".html",
        ".csproj",
        ".fsproj",
        ".props",
        ".targets",
        ".sql",
        ".sh",
    ];

    private static readonly string[] Written = ["Chat.sln", "package-lock.json", "paket.lock"];

    [Fact]
    public void NoFileIsTooLong() =>
        Faults.None(
            from file in Repository.Files.Where(IsCode)
            let length = Repository.Lines(file).Length
            where length > FileLines
            select $"{file}: {length} lines"
        );

    [Fact]
    public void NoFunctionIsTooLong() =>
        Faults.None(
            from file in Repository.Files.Where(IsCode)
            from function in Functions.Of(file, Repository.Lines(file))
            where function.Lines > FunctionLines
            select $"{file}:{function.Line}: {function.Lines} lines"
        );

    [Fact]
    public void NoLineIsTooWide() => Faults.None(Where(IsCode, line => line.Length > Columns));

    [Fact]
    public void NoTabsOrTrailingBlanks() =>
        Faults.None(Where(IsText, line => line.Contains('\t') || line.EndsWith(' ')));

    [Fact]
    public void NoRegistryIsNamed() => Faults.None(Where(_ => true, line => Registry().IsMatch(line)));

    [Fact]
    public void NoPathOfOneMachine() => Faults.None(Where(_ => true, line => Machine().IsMatch(line)));

    private static IEnumerable<string> Where(Func<string, bool> files, Func<string, bool> fault) =>
        from file in Repository.Files.Where(files)
        from line in Repository.Lines(file).Index()
        where fault(line.Item)
        select $"{file}:{line.Index + 1}: {line.Item}";

    private static bool IsCode(string file) => Code.Contains(Path.GetExtension(file)) || file is "chat" or ".ci/run";

    private static bool IsText(string file) =>
        !Written.Contains(Path.GetFileName(file)) && (IsCode(file) || Path.GetExtension(file) is ".md" or ".json");

    [GeneratedRegex(@"(nuget|npmjs|debian|yarnpkg|pypi)[.](org|com)", RegexOptions.IgnoreCase)]
    private static partial Regex Registry();

    [GeneratedRegex(@"(^|[^\w.*])/(work|root|farm)/")]
    private static partial Regex Machine();
}
