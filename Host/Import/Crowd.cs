using Chat.Domain.Values;

namespace Chat.Host.Import;

/// <summary>
/// Who is behind which nick. A nick belongs to whoever bears it: a rename carries the person over, and who went keeps
/// their nick until another takes it. A nick that nobody bears belongs to the person named after it, so that a log
/// always tells the same people whoever reads it, and each line's author is called what the line says.
/// </summary>
internal sealed class Crowd
{
    private readonly Dictionary<string, Guest> bearers = new(StringComparer.Ordinal);
    private readonly Dictionary<PersonId, Guest> people = [];

    /// <summary>How many people there are.</summary>
    public int People => people.Count;

    /// <summary>Who bears a nick, now at the latest.</summary>
    public Guest Bearer(string nick)
    {
        var folded = Nick.Folded(nick);
        if (bearers.TryGetValue(folded, out var bearer))
            return bearer;
        var person = Nick.PersonOf(nick);
        if (!people.TryGetValue(person, out var guest))
            people[person] = guest = new Guest(person);
        Bear(guest, folded);
        return guest;
    }

    /// <summary>Gives a nick to somebody; returns who bore it, if that was somebody else.</summary>
    public Guest? Take(string nick, Guest guest)
    {
        var folded = Nick.Folded(nick);
        var before = bearers.GetValueOrDefault(folded);
        if (before == guest)
            return null;
        before?.Nick = null;
        Bear(guest, folded);
        return before;
    }

    /// <summary>Who is in under a nick, and how they write it.</summary>
    public (PersonId Person, string Nick)? FindPresent(string nick) =>
        bearers.TryGetValue(Nick.Folded(nick), out var guest) && guest is { IsIn: true, Called: { } called }
            ? (guest.Person, called.Value)
            : null;

    private void Bear(Guest guest, string folded)
    {
        if (guest.Nick is { } old)
            bearers.Remove(old);
        guest.Nick = folded;
        bearers[folded] = guest;
    }

    /// <summary>One person as far as the log has told.</summary>
    internal sealed class Guest(PersonId person)
    {
        public PersonId Person { get; } = person;

        /// <summary>The nick that they bear, folded; null when another took it.</summary>
        public string? Nick { get; set; }

        public bool IsIn { get; set; }

        /// <summary>What they are called in the conversation; null while they are not in.</summary>
        public Nickname? Called { get; set; }
    }
}
