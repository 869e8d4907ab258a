using System.ComponentModel;
using System.Globalization;
using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Views;
using Chat.Host.Operate;
using Chat.Protocol.Wire;
using Spectre.Console;
using Spectre.Console.Cli;
using Command = Chat.Domain.Conversations.Command;

namespace Chat.Host.Verbs;

/// <summary><c>./chat search PERSON WORDS…</c></summary>
public sealed class SearchCommand : AsyncCommand<SearchCommand.Settings>
{
    /// <summary>What to look for.</summary>
    public sealed class Settings : PlaceSettings
    {
        /// <summary>Who.</summary>
        [CommandArgument(0, "<PERSON>")]
        [Description("Who you are, for example mia")]
        public required string Person { get; init; }

        /// <summary>The words.</summary>
        [CommandArgument(1, "[WORDS]")]
        [Description("Words that all stand in the message, in any order and case")]
        public string[] Words { get; init; } = [];

        /// <summary>Where.</summary>
        [CommandOption("--in <CONVERSATION>")]
        [Description("Only there: its name, @somebody, or its id (default: wherever you are a member)")]
        public string? Conversation { get; init; }

        /// <summary>By whom.</summary>
        [CommandOption("--by <PERSON>")]
        [Description("Only what this person said")]
        public string? Author { get; init; }

        /// <summary>To whom.</summary>
        [CommandOption("--mentions <PERSON>")]
        [Description("Only what mentions this person")]
        public string? Mention { get; init; }

        /// <summary>With what.</summary>
        [CommandOption("--has <WHAT>")]
        [Description("Only what carries a file, or a picture")]
        public string? Has { get; init; }

        /// <summary>Until when.</summary>
        [CommandOption("--before <TIME>")]
        [Description("Only what was said before a day or a time, for example 2026-03-01 or 2026-03-01T18:00")]
        public string? Before { get; init; }

        /// <summary>Since when.</summary>
        [CommandOption("--after <TIME>")]
        [Description("Only what was said after it")]
        public string? After { get; init; }

        /// <summary>How many.</summary>
        [CommandOption("-n|--most <COUNT>")]
        [Description("How many messages at most, the newest of them (default: 50)")]
        public int Most { get; init; } = 50;
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken stop)
    {
        var query = QueryOf(settings);
        if (query.FindsNothing)
            throw new StartFailure(
                "There is nothing to look for.",
                "Name a word, a person with --by or --mentions, or what it carries with --has."
            );
        await using var client = await Place.ConnectAsync(settings.Folder, settings.Person, Conversing.Device, stop);
        var names = await NamesAsync(client, stop);
        var where = settings.Conversation is { } named ? WhereIs(client.Person, named, names) : (ConversationId?)null;
        var (left, cursor) = (Math.Max(1, settings.Most), (string?)null);
        var found = new List<Found>();
        do
        {
            var limit = Math.Min(left, History.MaxPage);
            var page = Conversing.Must(await client.SearchAsync(query, where, cursor, limit, stop));
            found.AddRange(page.Messages);
            left -= page.Messages.Count;
            cursor = page.Cursor;
        } while (cursor is not null && left > 0);
        // As one reads: what was said last stands last.
        foreach (var one in Enumerable.Reverse(found))
            Show(one, names.GetValueOrDefault(one.Conversation, one.Conversation.Value));
        AnsiConsole.MarkupLine(
            found.Count == 0 ? "[grey]Nothing found.[/]"
            : cursor is null ? $"[grey]{found.Count} found.[/]"
            : $"[grey]The newest {found.Count}; there are more.[/]"
        );
        return 0;
    }

    private static SearchQuery QueryOf(Settings settings)
    {
        var words = SearchWords
            .Create(string.Join(' ', settings.Words))
            .Match(
                value => value,
                faults => throw new StartFailure($"That cannot be looked for: {faults.First().Rule}.", "Say less.")
            );
        return new SearchQuery(
            settings.Words.Length == 0 ? null : words,
            settings.Author is { } author ? Place.PersonOf(author) : null,
            settings.Mention is { } mention ? Place.PersonOf(mention) : null,
            TimeOf(settings.Before),
            TimeOf(settings.After),
            CarriedOf(settings.Has)
        );
    }

    private static Carried? CarriedOf(string? word) =>
        word is null ? null
        : Words.CarriedOf(word) is { } sort ? sort
        : throw new StartFailure($"A message carries no “{word}”.", "Look for a file, or for a picture.");

    private static Instant? TimeOf(string? text) =>
        text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeLocal, out var time)
            ? new Instant(time.ToUnixTimeMilliseconds())
        : throw new StartFailure($"“{text}” is no time.", "A day or a time: 2026-03-01, or 2026-03-01T18:00.");

    /// <summary>What one's conversations are called: a direct one after the other person.</summary>
    private static async Task<Dictionary<ConversationId, string>> NamesAsync(ChatClient client, CancellationToken stop)
    {
        var names = new Dictionary<ConversationId, string>();
        ConversationId? after = null;
        for (var more = true; more; )
        {
            var page = Conversing.Must(await client.InboxAsync(after, History.MaxPage, stop));
            foreach (var entry in page.Entries.Where(entry => entry.Standing is Domain.Views.Standing.Member))
                names[entry.Conversation] = entry.Name?.Value ?? await OthersAsync(client, entry.Conversation, stop);
            after = page.Entries.Count > 0 ? page.Entries[^1].Conversation : after;
            more = page.More;
        }
        return names;
    }

    private static async Task<string> OthersAsync(ChatClient client, ConversationId where, CancellationToken stop)
    {
        var page = Conversing.Must(await client.MembersAsync(where, limit: 4, stop: stop));
        var others = page.Members.Select(member => member.Person).Where(person => person != client.Person);
        return string.Join(' ', others.Select(person => $"@{person}"));
    }

    private static ConversationId WhereIs(PersonId me, string named, Dictionary<ConversationId, string> names)
    {
        foreach (var (id, name) in names)
            if (name == named || id.Value == named)
                return id;
        return named.StartsWith('@')
            ? Conversation.IdOf(
                TenantId.Main,
                me,
                DeviceId.Of(Conversing.Device),
                ChatClient.NewId(),
                new Command.Create(ConversationKind.Direct, [Place.PersonOf(named[1..])], null)
            )
            : throw new StartFailure($"You are in nothing called “{named}”.", "Name one that you have joined.");
    }

    private static void Show(Found found, string where)
    {
        var said = SearchQuery.SaidAt(found.Message.At, found.Message.OccurredAt);
        var day = DateTimeOffset.FromUnixTimeMilliseconds(said.Milliseconds).ToLocalTime().ToString("yyyy-MM-dd");
        AnsiConsole.Markup($"[grey]{day}[/] [blue]{Markup.Escape(where)}[/] ");
        ReadCommand.Show(found.Message, []);
    }
}
