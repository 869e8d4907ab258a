using System.Reflection;
using System.Runtime.CompilerServices;

namespace Chat.Domain.Tests.Architecture;

/// <summary>Questions to types that reflection does not answer by itself.</summary>
internal static class Types
{
    private const BindingFlags Own_ = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    internal const BindingFlags Instance = Own_ | BindingFlags.Instance;
    internal const BindingFlags Static = Own_ | BindingFlags.Static;

    /// <summary>The types that somebody wrote, not those of the compiler.</summary>
    internal static IEnumerable<Type> Own(Assembly assembly) =>
        assembly.GetTypes().Where(type => !IsGenerated(type) && !type.Name.StartsWith('<'));

    internal static bool IsRecord(Type type) =>
        type.GetMethod("<Clone>$") is not null
        || (type.IsValueType && type.GetMethod("PrintMembers", Instance) is not null);

    internal static bool IsGenerated(MemberInfo? member) =>
        member is not null
        && (member.IsDefined(typeof(CompilerGeneratedAttribute), false) || IsGenerated(member.DeclaringType));

    internal static bool IsMutableCollection(Type type) =>
        type.IsArray
        || (
            type is { IsInterface: false, IsValueType: false }
            && type.Namespace
                is "System.Collections"
                    or "System.Collections.Generic"
                    or "System.Collections.Concurrent"
                    or "System.Collections.ObjectModel"
            && !type.Name.EndsWith("Comparer`1")
        )
        || (type.IsInterface && type.Name is "IList`1" or "ICollection`1" or "IDictionary`2" or "ISet`1");

    /// <summary>Every type that a value of this type is made of, through fields, arguments and elements.</summary>
    internal static IReadOnlySet<Type> MadeOf(Type type)
    {
        var found = new HashSet<Type>();
        Collect(type, type.Assembly, found);
        return found;
    }

    private static void Collect(Type type, Assembly home, HashSet<Type> found)
    {
        if (!found.Add(type))
            return;
        foreach (var argument in type.GetGenericArguments())
            Collect(argument, home, found);
        if (type.GetElementType() is { } element)
            Collect(element, home, found);
        // Only our own types are opened: what the library holds inside is its own affair.
        if (type.Assembly == home)
            foreach (var field in type.GetFields(Instance))
                Collect(field.FieldType, home, found);
    }
}
