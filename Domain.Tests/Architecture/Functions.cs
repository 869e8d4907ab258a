using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Chat.Domain.Tests.Architecture;

/// <summary>Where functions begin and how long they are: exact for C#, by indentation for the rest.</summary>
internal static partial class Functions
{
    internal static IEnumerable<(int Line, int Lines)> Of(string file, string[] lines) =>
        Path.GetExtension(file) switch
        {
            ".cs" => CSharp(string.Join('\n', lines)),
            ".fs" or ".fsx" => Indented(lines, FSharpStart()),
            ".ts" or ".tsx" or ".js" => Indented(lines, ScriptStart()),
            "" or ".sh" => Indented(lines, ShellStart()),
            _ => [],
        };

    private static IEnumerable<(int Line, int Lines)> CSharp(string text) =>
        from node in CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes()
        where node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
        let span = node.GetLocation().GetLineSpan()
        select (span.StartLinePosition.Line + 1, span.EndLinePosition.Line - span.StartLinePosition.Line + 1);

    // A function ends before the next line that is indented no deeper than its first, or with it where that closes it.
    private static IEnumerable<(int Line, int Lines)> Indented(string[] lines, Regex start)
    {
        foreach (var (index, line) in lines.Index().Where(line => start.IsMatch(line.Item)))
        {
            var indent = Indent(line);
            var end = index + 1;
            while (end < lines.Length && (lines[end].Trim() == "" || Indent(lines[end]) > indent))
                end++;
            var closes = end < lines.Length && lines[end].TrimStart() is ['}' or ')' or ']', ..];
            var length = lines[index..end].Reverse().SkipWhile(string.IsNullOrWhiteSpace).Count() + (closes ? 1 : 0);
            yield return (index + 1, length);
        }
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    [GeneratedRegex(@"^\s*(let|and|member|static member|override|default)\s")]
    private static partial Regex FSharpStart();

    [GeneratedRegex(@"(\bfunction\b.*|=>\s*|^\s+[\w#]+\(.*\).*)\{$")]
    private static partial Regex ScriptStart();

    [GeneratedRegex(@"^\w+\(\) \{$")]
    private static partial Regex ShellStart();
}
