using System.ComponentModel;
using Chat.Client;
using Chat.Domain.Conversations;
using Chat.Domain.Views;
using Chat.Host.Operate;
using Chat.Protocol;
using Spectre.Console;
using Spectre.Console.Cli;
using Command = Chat.Domain.Conversations.Command;

namespace Chat.Host.Verbs;

/// <summary>A person and a conversation, as one names them in a terminal.</summary>
public class TalkSettings : PlaceSettings
{
    /// <summary>Who.</summary>
    [CommandArgument(0, "<PERSON>")]
    [Description("Who you are, for example mia")]
    public required string Person { get; init; }

    /// <summary>Where.</summary>
    [CommandArgument(1, "<CONVERSATION>")]
    [Description("A channel's name, @somebody for the two of you alone, or a conversation's id")]
    public required string Conversation { get; init; }
}

/// <summary>From the name of a conversation to the conversation, made if it is not there.</summary>
internal static class Conversing
{
    public const string Device = "terminal";

    /// <summary>
    /// A channel by its name is the one that this person makes under a fixed id: whoever asks finds the same.
    /// </summary>
    private const string Keeper = "channel-keeper";

    public static async Task<ConversationId> FindAsync(ChatClient client, TalkSettings settings, CancellationToken stop)
    {
        var name = settings.Conversation;
        if (IsId(name))
            return ConversationId.Of(name);
        if (name.StartsWith('@'))
        {
            var other = Place.PersonOf(name[1..]);
            var direct = new Command.Create(ConversationKind.Direct, [other], null);
            return Must(await client.ChangeAsync(null, direct, stop: stop)).Stream.Conversation;
        }
        var channel = await ChannelAsync(settings.Folder, name, stop);
        Must(await client.ChangeAsync(channel, new Command.Join(), stop: stop));
        return channel;
    }

    /// <summary>The channel of a name; made by a person of its own, who makes each name once.</summary>
    public static async Task<ConversationId> ChannelAsync(string folder, string name, CancellationToken stop)
    {
        var text = ConversationName
            .Create(name)
            .Match(
                value => value,
                faults =>
                    throw new StartFailure(
                        $"“{name}” cannot be a channel: {faults.First().Rule}.",
                        "Give it another name."
                    )
            );
        await using var keeper = await Place.ConnectAsync(folder, Keeper, Device, stop);
        var create = new Command.Create(ConversationKind.Channel, [], text);
        // The id follows from the name, so the second to ask finds what the first one made.
        var id = ClientId.Of(Names.PersonOf("#" + text.Value)!.Value.Value);
        return Must(await keeper.ChangeAsync(null, create, id, stop)).Stream.Conversation;
    }

    private static bool IsId(string name) =>
        name.Length == 33 && name[0] is 'c' or 'd' && name.Skip(1).All(char.IsAsciiHexDigitLower);

    /// <summary>What was asked for, or the refusal in words.</summary>
    public static T Must<T>(Either<Refusal, T> answer) =>
        answer.Match(
            Right: value => value,
            Left: refusal =>
                throw new StartFailure(
                    $"Refused: {refusal.Code} ({string.Join(", ", refusal.Because)}).",
                    refusal.RetryAfterMs is { } after ? $"Try again in {after} ms." : "Nothing was changed."
                )
        );
}

/// <summary><c>./chat say PERSON CONVERSATION TEXT</c></summary>
public sealed class SayCommand : AsyncCommand<SayCommand.Settings>
{
    /// <summary>What to say.</summary>
    public sealed class Settings : TalkSettings
    {
        /// <summary>The words.</summary>
        [CommandArgument(2, "<TEXT>")]
        [Description("What to say")]
        public required string[] Text { get; init; }
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken stop)
    {
        var body = Body.Create(string.Join(' ', settings.Text))
            .Match(
                value => value,
                faults => throw new StartFailure($"That cannot be said: {faults.First().Rule}.", "Say something else.")
            );
        await using var client = await Place.ConnectAsync(settings.Folder, settings.Person, Conversing.Device, stop);
        var conversation = await Conversing.FindAsync(client, settings, stop);
        var receipt = Conversing.Must(await client.SendAsync(conversation, body, stop: stop));
        AnsiConsole.MarkupLineInterpolated($"[grey]{conversation} message {receipt.Seq}, kept.[/]");
        return 0;
    }
}

/// <summary><c>./chat read PERSON CONVERSATION [--follow]</c></summary>
public sealed class ReadCommand : AsyncCommand<ReadCommand.Settings>
{
    /// <summary>How to read.</summary>
    public sealed class Settings : TalkSettings
    {
        /// <summary>Whether to stay.</summary>
        [CommandOption("-f|--follow")]
        [Description("Stay, and show what is said from now on")]
        public bool Follow { get; init; }

        /// <summary>How many.</summary>
        [CommandOption("-n|--last <COUNT>")]
        [Description("How many messages to begin with (default: 50)")]
        public int Last { get; init; } = 50;
    }

    /// <inheritdoc/>
    public override async Task<int> ExecuteAsync(CommandContext context, Settings settings, CancellationToken stop)
    {
        await using var client = await Place.ConnectAsync(settings.Folder, settings.Person, Conversing.Device, stop);
        var conversation = await Conversing.FindAsync(client, settings, stop);
        var limit = Math.Clamp(settings.Last, 1, History.MaxPage);
        var page = Conversing.Must(await client.HistoryAsync(conversation, limit: limit, stop: stop));
        var details = Conversing.Must(await client.GetAsync(conversation, stop));
        var names = details
            .Members.Where(member => member.Nickname is not null)
            .ToDictionary(member => member.Person, member => member.Nickname!.Value);
        foreach (var message in page.Messages)
            Show(message, names);
        var last = page.Messages.Count > 0 ? page.Messages[^1].Seq : 0;
        if (last > 0)
            Conversing.Must(await client.ReadAsync(conversation, last, stop));
        if (settings.Follow)
            await FollowAsync(client, conversation, last, names, stop);
        return 0;
    }

    private static async Task FollowAsync(
        ChatClient client,
        ConversationId conversation,
        long last,
        Dictionary<PersonId, string> names,
        CancellationToken stop
    )
    {
        AnsiConsole.MarkupLine("[grey]— listening; Ctrl-C ends —[/]");
        await using var session = await ChatSession.StartAsync(client, stop: stop);
        var gate = new Lock();
        session.Changed += Follow;
        session.Find(conversation).IfSome(Follow);
        try
        {
            await Task.Delay(Timeout.Infinite, stop);
        }
        catch (OperationCanceledException) { }

        void Follow(ConversationView view)
        {
            if (view.Conversation != conversation)
                return;
            lock (gate)
                foreach (var message in view.History.After(last, int.MaxValue))
                {
                    Show(message, names);
                    last = message.Seq;
                }
        }
    }

    internal static void Show(Message message, Dictionary<PersonId, string> names)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds((message.OccurredAt ?? message.At).Milliseconds);
        var by = Markup.Escape(names.TryGetValue(message.By, out var nickname) ? nickname : message.By.Value);
        var text = message.Content is Content.Present present
            ? Markup.Escape(present.Body.Value)
            : "[grey italic]took this message back[/]";
        var edited = message.EditedAt is null || message.IsRedacted ? "" : " [grey](edited)[/]";
        var reactions = string.Concat(
            message.Reactions.Select(r => $"  {Markup.Escape(r.Emoji.Value)} {r.People.Count}")
        );
        var time = at.ToLocalTime().ToString("HH:mm");
        AnsiConsole.MarkupLine(
            message.IsAction
                ? $"[grey]{time}[/] [italic]* {by} {text}[/]{edited}{reactions}"
                : $"[grey]{time}[/] [bold]{by}[/]  {text}{edited}{reactions}"
        );
    }
}

/// <summary><c>./chat token PERSON [DEVICE]</c></summary>
public sealed class TokenCommand : Spectre.Console.Cli.Command<TokenCommand.Settings>
{
    /// <summary>For whom.</summary>
    public sealed class Settings : PlaceSettings
    {
        /// <summary>Who.</summary>
        [CommandArgument(0, "<PERSON>")]
        [Description("Whose token")]
        public required string Person { get; init; }

        /// <summary>Which device.</summary>
        [CommandArgument(1, "[DEVICE]")]
        [Description("The device (default: terminal)")]
        public string Device { get; init; } = Conversing.Device;
    }

    /// <inheritdoc/>
    public override int Execute(CommandContext context, Settings settings, CancellationToken stop)
    {
        if (!Token.IsValid(settings.Device))
            throw new StartFailure($"“{settings.Device}” cannot be a device.", "1 to 64 characters of A-Z a-z 0-9 _ -");
        _ = Place.PersonOf(settings.Person);
        using var issuer = new Nats.TokenIssuer(Place.SecretsOf(settings.Folder).TokenKeyPem);
        Console.WriteLine(issuer.Issue(settings.Person, settings.Device));
        return 0;
    }
}
