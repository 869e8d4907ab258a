using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Chat.Domain.Tests.Stored;

/// <summary>
/// A state as a text that is the same for the same state. What is null, empty, false or 0 is left out: a field that
/// came later says nothing of a past that knew none.
/// </summary>
internal static class Canonical
{
    public static string Of(object state) => Write(state) ?? "";

    private static string? Write(object? value) =>
        value switch
        {
            null or false or 0 or 0L or "" => null,
            string text => $"\"{text}\"",
            Enum or bool => value.ToString(),
            IFormattable number when value.GetType().IsPrimitive || value is UInt128 => number.ToString(
                null,
                CultureInfo.InvariantCulture
            ),
            ITuple pair => $"{Write(pair[0])}:{Write(pair[1])}",
            IEnumerable many => Many(many.Cast<object?>().Select(one => Write(one) ?? "-")),
            _ => Fields(value),
        };

    private static string? Many(IEnumerable<string> parts) =>
        string.Join(", ", parts) is { Length: > 0 } all ? $"[{all}]" : null;

    private static string? Fields(object value)
    {
        var text = new StringBuilder();
        foreach (
            var field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
        )
            if (Write(field.GetValue(value)) is { } one)
                text.Append(text.Length == 0 ? "" : ", ").Append(NameOf(field)).Append(' ').Append(one);
        return text.Length == 0 ? null : $"{value.GetType().Name}({text})";
    }

    // What the compiler calls the field of a property has the property's name within.
    private static string NameOf(FieldInfo field) => field.Name.Trim('<').Split('>')[0].ToLowerInvariant();
}
