using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Chat.Analyzers;

/// <summary>Quiets CS8509 where a switch expression over a closed union names every case.</summary>
/// <remarks>
/// A union is an abstract class that only its own nested types can derive from: its constructors are private. The
/// compiler does not know it to be closed. A forgotten case keeps the diagnostic, which this repository makes an error.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClosedUnionSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor Rule = new("CHAT0001", "CS8509", "Every case of the union is named");

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions => ImmutableArray.Create(Rule);

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            var tree = diagnostic.Location.SourceTree;
            var node = tree?.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan);
            if (node is null)
                continue;
            var operation = context.GetSemanticModel(tree!).GetOperation(node, context.CancellationToken);
            if (operation is ISwitchExpressionOperation found && NamesEveryCase(found))
                context.ReportSuppression(Suppression.Create(Rule, diagnostic));
        }
    }

    private static bool NamesEveryCase(ISwitchExpressionOperation found)
    {
        if (found.Value.Type is not INamedTypeSymbol union || !IsClosed(union))
            return false;
        // An arm behind `when` may not be taken, so it names nothing.
        var named = found.Arms.Where(arm => arm.Guard is null).SelectMany(arm => Named(arm.Pattern)).ToList();
        return Nested(union)
            .Where(type => type.IsSealed && IsOrDerivesFrom(type, union))
            .All(leaf => named.Any(type => IsOrDerivesFrom(leaf, type)));
    }

    private static bool IsClosed(INamedTypeSymbol type) =>
        type is { TypeKind: TypeKind.Class, IsAbstract: true }
        && type.InstanceConstructors.All(ctor => IsPrivate(ctor) || IsCopy(ctor))
        && Nested(type).Where(inner => IsOrDerivesFrom(inner, type)).All(inner => inner.IsSealed || IsClosed(inner));

    private static bool IsPrivate(IMethodSymbol ctor) => ctor.DeclaredAccessibility == Accessibility.Private;

    // A record's copy constructor is protected, but no other record can start from it. Of a union in another assembly
    // it is all that is seen, and no longer marked as implicit.
    private static bool IsCopy(IMethodSymbol ctor) =>
        ctor is { Parameters.Length: 1, ContainingType.IsRecord: true }
        && SymbolEqualityComparer.Default.Equals(ctor.Parameters[0].Type, ctor.ContainingType);

    private static IEnumerable<INamedTypeSymbol> Nested(INamedTypeSymbol type) =>
        type.GetTypeMembers().SelectMany(inner => Nested(inner).Prepend(inner));

    private static bool IsOrDerivesFrom(INamedTypeSymbol type, ITypeSymbol ancestor)
    {
        for (var at = type; at is not null; at = at.BaseType)
            if (SymbolEqualityComparer.Default.Equals(at, ancestor))
                return true;
        return false;
    }

    /// <summary>The types all of whose values the pattern takes.</summary>
    private static IEnumerable<ITypeSymbol> Named(IPatternOperation pattern) =>
        pattern switch
        {
            ITypePatternOperation of => [of.MatchedType],
            IDeclarationPatternOperation { MatchedType: { } type } => [type],
            IRecursivePatternOperation of when TakesAll(of) => [of.MatchedType],
            IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either => Named(either.LeftPattern)
                .Concat(Named(either.RightPattern)),
            _ => [],
        };

    private static bool TakesAll(IRecursivePatternOperation of) =>
        of.DeconstructionSubpatterns.All(IsAnything)
        && of.PropertySubpatterns.All(property => IsAnything(property.Pattern));

    private static bool IsAnything(IPatternOperation pattern) =>
        pattern is IDiscardPatternOperation or IDeclarationPatternOperation { MatchesNull: true };
}
