using Chat.Domain.Values;
using LanguageExt;

namespace Chat.Domain.Tests.Values;

internal static class Making
{
    /// <summary>What is made of a text, or what is wrong with it, as <c>field: rule</c>.</summary>
    public static Func<string?, string> Made<T>(Func<string?, Validation<Fault, T>> create) =>
        text => create(text).Match(made => $"{made}", faults => $"{faults.Head.Field}: {faults.Head.Rule}");
}
