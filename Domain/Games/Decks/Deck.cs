namespace Chat.Domain.Games.Decks;

/// <summary>What a deck is for.</summary>
public enum DeckKind
{
    /// <summary>Questions with one right answer and three wrong ones.</summary>
    Questions = 1,

    /// <summary>Words to be explained or drawn.</summary>
    Words = 2,

    /// <summary>Prompts, and what may be played to them.</summary>
    Cards = 3,
}

/// <summary>A question.</summary>
/// <param name="Text">What is asked.</param>
/// <param name="Right">The right answer.</param>
/// <param name="Wrong">Three wrong ones.</param>
/// <param name="Note">What is told once it was answered.</param>
public sealed record Question(string Text, string Right, Listing<string> Wrong, string? Note);

/// <summary>A word on a card.</summary>
/// <param name="Text">The word.</param>
/// <param name="Also">What is right, too, when it is guessed.</param>
public sealed record Word(string Text, Listing<string> Also);

/// <summary>A deck of cards of one kind.</summary>
public abstract record Deck
{
    private Deck(string name, string title) => (Name, Title) = (name, title);

    /// <summary>What it is asked for by: lower case and hyphens.</summary>
    public string Name { get; }

    /// <summary>What people read.</summary>
    public string Title { get; }

    /// <summary>What it is for.</summary>
    public abstract DeckKind Kind { get; }

    /// <summary>The digest of all that is in it: two decks with the same are the same.</summary>
    public Bits256 Digest { get; private init; }

    /// <summary>At least <see cref="DeckText.MinQuestions"/> questions.</summary>
    public sealed record Questions(string Name, string Title, Listing<Question> All) : Deck(Name, Title)
    {
        /// <inheritdoc/>
        public override DeckKind Kind => DeckKind.Questions;
    }

    /// <summary>At least <see cref="DeckText.MinWords"/> words.</summary>
    public sealed record Words(string Name, string Title, Listing<Word> All) : Deck(Name, Title)
    {
        /// <inheritdoc/>
        public override DeckKind Kind => DeckKind.Words;
    }

    /// <summary>
    /// At least <see cref="DeckText.MinPrompts"/> prompts and <see cref="DeckText.MinAnswers"/> answers.
    /// </summary>
    public sealed record Cards(string Name, string Title, Listing<string> Prompts, Listing<string> Answers)
        : Deck(Name, Title)
    {
        /// <inheritdoc/>
        public override DeckKind Kind => DeckKind.Cards;
    }

    private static Form<Deck> Form { get; } = Forms.Form.Of<Deck>();

    internal Deck Sealed() => this with { Digest = Form.Write(this).Hash() };
}

/// <summary>The decks there are, each under its name.</summary>
/// <param name="Decks">The decks, in the order in which they are shown.</param>
public sealed record Shelf(Listing<Deck> Decks)
{
    private const string Resources = "decks/";

    /// <summary>The deck of a name.</summary>
    public Option<Deck> Find(string name) => Optional(Decks.FirstOrDefault(deck => deck.Name == name));

    /// <summary>A shelf of decks that are written as text, or all that is wrong with them.</summary>
    public static Validation<DeckFault, Shelf> Of(IEnumerable<string> texts) =>
        texts
            .Select(DeckText.Parse)
            .Aggregate(
                Validation<DeckFault, Seq<Deck>>.Success(Empty),
                (soFar, next) => (soFar, next).Apply((decks, deck) => decks.Add(deck))
            )
            .Bind(decks =>
                decks.Map(deck => deck.Name).Distinct().Count == decks.Count
                    ? Validation<DeckFault, Shelf>.Success(new Shelf(Listing.From(decks)))
                    : Validation<DeckFault, Shelf>.Fail(Seq1(new DeckFault("", 1, "deck: a name of its own")))
            );

    /// <summary>The decks that come with the package, as text. They are part of the assembly.</summary>
    public static Listing<string> Texts()
    {
        var home = typeof(Shelf).Assembly;
        return Listing.From(
            home.GetManifestResourceNames()
                .Where(name => name.StartsWith(Resources, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name =>
                {
                    using var reader = new StreamReader(home.GetManifestResourceStream(name)!);
                    return reader.ReadToEnd();
                })
        );
    }
}
