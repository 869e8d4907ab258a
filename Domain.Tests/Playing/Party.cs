using Chat.Domain.Deciding;
using Chat.Domain.Games;
using Chat.Domain.Games.Decks;
using Chat.Domain.Values;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Chat.Domain.Tests.Playing;

/// <summary>People at a table, and what happened there: an example reads as what they do.</summary>
internal sealed class Party(Table table)
{
    public const string Place = "main.r.kitchen";
    public static readonly PersonId Ann = PersonId.Of("ann");
    public static readonly PersonId Bob = PersonId.Of("bob");
    public static readonly PersonId Cid = PersonId.Of("cid");

    public static Shelf Shelf { get; } =
        Domain.Games.Decks.Shelf.Of(Domain.Games.Decks.Shelf.Texts()).IfFail(_ => new([]));

    private readonly List<Entry> entries = [];

    public Party()
        : this(Table.With(Shelf)) { }

    public State State { get; private set; } = State.Initial;

    public Instant Now { get; private set; } = new(1_000_000);

    public IReadOnlyList<Entry> Entries => entries;

    public Listing<LogEntry> Log => table.Log(entries).IfNone([]);

    /// <summary>The log of the last of several games.</summary>
    public Listing<LogEntry> LastLog =>
        table.Log(entries.Skip(entries.FindLastIndex(entry => entry.What is Event.Offered))).IfNone([]);

    public Table Table => table;

    public static Bits256 Drawn(PersonId who) => new(0, (UInt128)who.Value[0]);

    public string Ask(PersonId who, Command command)
    {
        var asking = new Asking(who, Now, Place, new Secret(new Bits256(7, (UInt128)entries.Count)));
        var decided = table.Decide(State, asking, command);
        if (decided.Case is Refusal refusal)
            return refusal.Because[^1];
        foreach (var happened in decided.IfLeft(Seq<Event>()))
        {
            entries.Add(new Entry(who, Now, happened));
            State = table.Evolve(State, entries[^1]);
        }
        return "ok";
    }

    public void Do(PersonId who, Command command) => Assert.Equal("ok", Ask(who, command));

    public string Make(PersonId who, Move move) => Ask(who, new Command.Make(move));

    public string Sit(PersonId who) =>
        Ask(who, new Command.Sit(Sealing.Seal(State.Place, State.Number, who, Drawn(who))));

    public string Unseal(PersonId who) => Ask(who, new Command.Unseal(Drawn(who)));

    public void Wait(long ms) => Now = Now.Plus(ms);

    public void WaitUntilDue()
    {
        Now = Instant.Max(Now, table.Due(State).IfNone(Now));
        Do(Ann, new Command.Elapse());
    }

    /// <summary>A game that these sit down to and that is dealt.</summary>
    public Party Begin(string game, string deck, int rounds, params PersonId[] people)
    {
        Do(people[0], new Command.Offer(game, deck, rounds));
        SitDown(people);
        return this;
    }

    public void SitDown(params PersonId[] people)
    {
        foreach (var who in people)
            Assert.Equal("ok", Sit(who));
        Do(people[0], new Command.Begin());
        foreach (var who in people)
            Assert.Equal("ok", Unseal(who));
    }

    public void RunOut()
    {
        while (State.IsBusy)
            WaitUntilDue();
    }
}
