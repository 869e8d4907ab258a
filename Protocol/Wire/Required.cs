using System.Collections.Immutable;

namespace Chat.Protocol.Wire;

/// <summary>Fields that must be there; a <see cref="FormatException"/> names the one that is not.</summary>
internal static class Required
{
    public static Fields Map(this Fields fields, string name) =>
        fields[name] is ImmutableDictionary<string, object?> map ? new Fields(map) : throw new FormatException(name);

    public static long Long(this Fields fields, string name) =>
        fields[name] is long number ? number : throw new FormatException(name);

    public static string String(this Fields fields, string name) =>
        fields[name] as string ?? throw new FormatException(name);

    public static Instant Time(this Fields fields, string name) =>
        fields[name] is Instant time ? time : throw new FormatException(name);

    public static PersonId Person(this Fields fields, string name) => fields.Value(name, PersonId.Create);

    public static PersonId? PersonIfAny(this Fields fields, string name) =>
        fields[name] is null ? null : fields.Person(name);

    public static Reason? ReasonIfAny(this Fields fields, string name) =>
        fields[name] is null ? null : fields.Value(name, Reason.Create);

    public static ConversationId Conversation(this Fields fields, string name) =>
        fields.Value(name, ConversationId.Create);

    public static T Value<T>(this Fields fields, string name, Func<string?, Validation<Fault, T>> create) =>
        create(fields[name] as string).Match(value => value, _ => throw new FormatException(name));

    public static Listing<PersonId> Persons(this Fields fields, string name) =>
        fields.People(name, Fields.MaxElements).Match(people => people, _ => throw new FormatException(name));

    public static Listing<string> Strings(this Fields fields, string name) =>
        fields[name] is object?[] list
            ? Listing.From(list.Select(one => one as string ?? throw new FormatException(name)))
            : throw new FormatException(name);

    public static Listing<T> List<T>(this Fields fields, string name, Func<Fields, T> read) =>
        fields[name] switch
        {
            null => Listing<T>.Empty,
            object?[] list => Listing.From(
                list.Select(one =>
                    one is ImmutableDictionary<string, object?> map
                        ? read(new Fields(map))
                        : throw new FormatException(name)
                )
            ),
            _ => throw new FormatException(name),
        };
}
