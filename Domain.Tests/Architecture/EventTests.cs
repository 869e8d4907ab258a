using System.Reflection;
using Xunit;

namespace Chat.Domain.Tests.Architecture;

/// <summary>What is stored or sent is made of plain values, never of a library's own types.</summary>
public sealed class EventTests
{
    private const string AnyEvent = "Chat.Domain.Deciding.AnyEvent";

    [FactOnce(AnyEvent)]
    public void NoEventHoldsALanguageExtType()
    {
        var domain = Assembly.Load("Chat.Domain");
        var root = domain.GetType(AnyEvent, throwOnError: true)!;
        Faults.None(Types.Own(domain).Where(type => type.IsAssignableTo(root)).SelectMany(Foreign));
    }

    [Fact]
    public void NothingOnTheWireHoldsALanguageExtType() =>
        Faults.None(
            Types
                .Own(Assembly.Load("Chat.Protocol"))
                .Where(type =>
                    type.GetCustomAttributes().Any(one => one.GetType().Name == "MessagePackObjectAttribute")
                )
                .SelectMany(Foreign)
        );

    private static IEnumerable<string> Foreign(Type type) =>
        from part in Types.MadeOf(type)
        where part.Namespace?.StartsWith("LanguageExt") == true
        select $"{type}: {part}";

    /// <summary>A fact about a type of the domain, skipped as long as there is no such type.</summary>
    private sealed class FactOnceAttribute : FactAttribute
    {
        public FactOnceAttribute(string type)
        {
            if (Assembly.Load("Chat.Domain").GetType(type) is null)
                Skip = $"There is no {type} yet.";
        }
    }
}
