using System.Collections.Immutable;
using Chat.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Chat.Domain.Tests.Architecture;

/// <summary>A switch over a closed union needs no discard arm, and a forgotten case does not build.</summary>
public sealed class ClosedUnionTests
{
    private const string Closed = """
        public abstract record E
        {
            private E() { }
            public sealed record A(int N) : E;
            public sealed record B : E;
            public abstract record C : E
            {
                private C() { }
                public sealed record D : C;
                public sealed record F : C;
            }
        }
        """;

    [Theory]
    [InlineData("E.A => 1, E.B => 2, E.C => 3")]
    [InlineData("E.A => 1, E.B => 2, E.C.D => 3, E.C.F => 4")]
    [InlineData("E.A a => a.N, E.B or E.C => 2")]
    [InlineData("E.A(var n) => n, E.B { } => 2, E.C _ => 3")]
    [InlineData("E.A { N: var n } => n, E.B => 2, E.C => 3")]
    [InlineData("E.A { N: 7 } => 7, E.A => 1, E.B => 2, E.C => 3")]
    public async Task EveryCaseNamed(string arms) => Assert.Empty(await Reported(Closed, arms));

    [Theory]
    [InlineData("E.A => 1, E.B => 2")]
    [InlineData("E.A => 1, E.B => 2, E.C.D => 3")]
    [InlineData("E.A(7) => 1, E.B => 2, E.C => 3")]
    [InlineData("E.A { N: 7 } => 1, E.B => 2, E.C => 3")]
    [InlineData("E.A a when a.N > 1 => 1, E.B => 2, E.C => 3")]
    [InlineData("E.A and { N: 1 } => 1, E.B => 2, E.C => 3")]
    public async Task ACaseForgotten(string arms) => Assert.Equal(["CS8509"], await Reported(Closed, arms));

    [Theory]
    [InlineData("public abstract record E { public sealed record A : E; }")]
    [InlineData("public abstract record E { private E() { } public record A : E; }")]
    [InlineData("public abstract record E { private E() { } public abstract record A : E; }")]
    [InlineData("public record E { private E() { } public sealed record A : E; }")]
    public async Task AnOpenHierarchyStaysReported(string types) =>
        Assert.Equal(["CS8509"], await Reported(types, "E.A => 1"));

    private static async Task<IEnumerable<string>> Reported(string types, string arms)
    {
        var source = $$"""
            #nullable enable
            {{types}}
            public static class Of
            {
                public static int It(E e) => e switch { {{arms}} };
            }
            """;
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var compilation = CSharpCompilation.Create(
            "Union",
            [CSharpSyntaxTree.ParseText(source)],
            [
                MetadataReference.CreateFromFile(typeof(object).Assembly.Location),
                MetadataReference.CreateFromFile(Path.Combine(runtime, "System.Runtime.dll")),
            ],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
        );
        var analyzers = ImmutableArray.Create<DiagnosticAnalyzer>(new ClosedUnionSuppressor());
        var all = await compilation.WithAnalyzers(analyzers).GetAllDiagnosticsAsync();
        return all.Where(one => !one.IsSuppressed && one.Severity > DiagnosticSeverity.Info).Select(one => one.Id);
    }
}
