using Chat.Domain.Closeness;
using Chat.Domain.Meeting;
using Chat.Domain.People;
using MessagePack;

namespace Chat.Protocol.Wire;

/// <summary>Somebody whom one might want to meet, and why.</summary>
/// <param name="Person">Who: they have opened themselves, so they are described.</param>
/// <param name="Mutual">How many friends one has with them, as far as these and they are open.</param>
/// <param name="Through">The first of these, and their names: at most <see cref="Suggesting.MaxNamed"/>.</param>
/// <param name="MetAt">When one was last in a room with them; null if never.</param>
public sealed record SuggestionEntry(PersonEntry Person, int Mutual, Listing<PersonEntry> Through, Instant? MetAt);

/// <summary>Answers about whom one might meet, and about who is close.</summary>
public static class MeetingAnswers
{
    /// <summary>Suggestions, the first first.</summary>
    public static byte[] Ok(Listing<SuggestionEntry> people) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1);
                writer.Field("people", people, Write);
            }
        );

    /// <summary>Who is close, the closest first.</summary>
    public static byte[] Ok(Listing<Close> people) =>
        Answers.Ok(
            (ref MessagePackWriter writer) =>
            {
                writer.WriteMapHeader(1);
                writer.Field("people", people, Write);
            }
        );

    /// <summary>Reads suggestions.</summary>
    public static Listing<SuggestionEntry> Suggestions(Fields ok) =>
        ok.List(
            "people",
            one => new SuggestionEntry(
                PeopleAnswers.PersonOf(one),
                Count(one, "mutual"),
                one.List("through", PeopleAnswers.PersonOf),
                one["met_at"] as Instant?
            )
        );

    /// <summary>Reads who is close.</summary>
    public static Listing<Close> Closest(Fields ok) =>
        ok.List(
            "people",
            one => new Close(
                one.Person("person"),
                one.Long("words"),
                one.Long("rooms"),
                one["calls"] as long? ?? 0,
                Count(one, "given"),
                Count(one, "got"),
                one.Time("last_at")
            )
        );

    private static int Count(Fields one, string name) =>
        one.Long(name) is >= 0 and <= int.MaxValue and var count ? (int)count : throw new FormatException(name);

    private static void Write(ref MessagePackWriter writer, SuggestionEntry one)
    {
        var fields = PeopleAnswers.FieldsOf(one.Person.Profile);
        writer.WriteMapHeader(3 + fields + Writing.Count(one.MetAt is not null));
        PeopleAnswers.WriteFields(ref writer, one.Person);
        writer.Field("mutual", one.Mutual);
        writer.Field("through", one.Through, PeopleAnswers.WritePerson);
        if (one.MetAt is { } met)
            writer.Field("met_at", met);
    }

    private static void Write(ref MessagePackWriter writer, Close one)
    {
        writer.WriteMapHeader(6 + Writing.Count(one.Calls != 0));
        writer.Field("person", one.Person.Value);
        writer.Field("words", one.Words);
        writer.Field("rooms", one.Rooms);
        if (one.Calls != 0)
            writer.Field("calls", one.Calls);
        writer.Field("given", one.Given);
        writer.Field("got", one.Got);
        writer.Field("last_at", one.LastAt);
    }
}
