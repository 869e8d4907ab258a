using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit;

namespace Chat.Domain.Tests.Architecture;

/// <summary>The domain is made of immutable values and knows nothing of the world.</summary>
public sealed class PurityTests
{
    private static readonly Assembly Domain = Assembly.Load("Chat.Domain");
    private static readonly Assembly Protocol = Assembly.Load("Chat.Protocol");

    [Fact]
    public void TheDomainReferencesNothingButLanguageExt() => Faults.None(Foreign(Domain).Except(["LanguageExt.Core"]));

    [Fact]
    public void TheProtocolReferencesTheDomainAndMessagePack() =>
        Faults.None(
            Foreign(Protocol).Except(["Chat.Domain", "LanguageExt.Core", "MessagePack", "MessagePack.Annotations"])
        );

    [Theory]
    [InlineData("Domain", "LanguageExt.Core")]
    [InlineData("Protocol", "LanguageExt.Core", "MessagePack")]
    public void NoFurtherPackageIsAskedFor(string project, params string[] allowed) =>
        Faults.None(
            Repository
                .Lines($"{project}/paket.references")
                // Analyzers are marked so, and are no part of what runs.
                .Where(line => line != "" && !line.EndsWith(" copy_local: true"))
                .Except(allowed)
        );

    [Fact]
    public void EveryRecordIsImmutable() =>
        Faults.None(Types.Own(Domain).Where(Types.IsRecord).SelectMany(type => Mutable(type, Types.Instance)));

    [Fact]
    public void NoStaticFieldIsMutable() =>
        Faults.None(Types.Own(Domain).SelectMany(type => Mutable(type, Types.Static)));

    [Fact]
    public void NoPropertyCanBeSet() =>
        Faults.None(
            from type in Types.Own(Domain)
            from property in type.GetProperties(Types.Instance | Types.Static)
            where property.SetMethod is { } set && !IsInit(set)
            select $"{type}.{property.Name}"
        );

    private static IEnumerable<string> Foreign(Assembly assembly) =>
        from name in assembly.GetReferencedAssemblies()
        where name.Name is not ("netstandard" or "mscorlib" or "System") && !name.Name!.StartsWith("System.")
        select name.Name;

    private static IEnumerable<string> Mutable(Type type, BindingFlags flags) =>
        from field in type.GetFields(flags)
        where !Types.IsGenerated(field) || field.Name.EndsWith("k__BackingField")
        where !field.IsLiteral && (!field.IsInitOnly || Types.IsMutableCollection(field.FieldType))
        select $"{type}.{field.Name}";

    private static bool IsInit(MethodInfo set) =>
        set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));
}
