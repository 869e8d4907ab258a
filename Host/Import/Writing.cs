using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Chat.Domain.Conversations;
using Chat.Domain.Values;

namespace Chat.Host.Import;

/// <summary>
/// A script while it is being written, line by line; it lives for one log and is seen by nobody else.
/// </summary>
internal sealed class Writing
{
    private readonly IrcLog log;
    private readonly ConversationName name;
    private readonly ConversationId conversation;
    private readonly string key;
    private readonly Crowd crowd = new();
    private readonly ImmutableArray<ImportStep>.Builder steps = ImmutableArray.CreateBuilder<ImportStep>();
    private readonly List<Unkept> malformed = [];
    private readonly List<Unkept> notKept = [];
    private readonly Dictionary<Type, int> kinds = [];
    private LogLine line;
    private Topic? topic;
    private int index;
    private int implied;

    public Writing(IrcLog log, ConversationName name, TenantId tenant)
    {
        this.log = log;
        this.name = name;
        line = new LogLine(0, "", log.Lines is [var first, ..] ? first.At : default, new Entry.Noticed(""));
        key = Key(log, name, line.At);
        var create = new Command.Create(ConversationKind.Channel, [], name);
        Add(Script.Importer, create);
        conversation = Conversation.IdOf(tenant, Script.Importer, Script.Device, steps[0].Client, create);
        SetTopic($"IRC log {log.File}");
    }

    // The same bytes under another name or another date are another import: the same ids would be refused as a
    // conflict.
    private static string Key(IrcLog log, ConversationName name, Instant start) =>
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{log.Hash}/{start.Milliseconds}/{name.Value}")).AsSpan(0, 10)
        );

    public Script Done() =>
        new(
            name.Value,
            conversation,
            log.Lines is [var first, ..] ? first.At : default,
            steps.ToImmutable(),
            new LineCounts(
                Count<Entry.Said>(),
                Count<Entry.Acted>(),
                Count<Entry.Joined>(),
                Count<Entry.Left>() + Count<Entry.Quit>() + Count<Entry.Kicked>(),
                Count<Entry.Renamed>(),
                Count<Entry.TopicSet>(),
                Count<Entry.ModeChanged>() + Count<Entry.Noticed>(),
                Count<Entry.Malformed>()
            ),
            crowd.People,
            implied,
            [.. malformed],
            [.. notKept]
        );

    public void Write(LogLine next)
    {
        line = next;
        index = 0;
        Counted(Take(next.Entry));
    }

    // What the line turned out to be, which for a text that the domain cannot keep is malformed.
    private Entry Take(Entry entry) =>
        entry switch
        {
            Entry.Said said => Say(said.Nick, said.Text, isAction: false),
            Entry.Acted acted => Say(acted.Nick, acted.Text, isAction: true),
            Entry.Joined joined => Join(joined.Nick),
            Entry.Left left => Leave(left.Nick),
            Entry.Quit quit => Leave(quit.Nick),
            Entry.Kicked kicked => Leave(kicked.Nick),
            Entry.Renamed renamed => Rename(renamed.Old, renamed.New),
            Entry.TopicSet set => SetTopic(set.Topic),
            Entry.ModeChanged or Entry.Noticed or Entry.Malformed => null,
        } ?? entry;

    private void Counted(Entry entry)
    {
        kinds[entry.GetType()] = kinds.GetValueOrDefault(entry.GetType()) + 1;
        if (entry is Entry.Malformed bad)
            malformed.Add(new Unkept(line.Number, line.Raw, bad.Why));
        if (entry is Entry.ModeChanged or Entry.Noticed)
            NotKept(entry is Entry.Noticed ? "a notice" : "a mode change");
    }

    private void NotKept(string why) => notKept.Add(new Unkept(line.Number, line.Raw, why));

    private int Count<T>() => kinds.GetValueOrDefault(typeof(T));

    private Entry.Malformed? Say(string nick, string text, bool isAction)
    {
        if (Pieces.Of(text) is not { } bodies)
            return new Entry.Malformed("a text that no message can hold");
        var guest = Present(nick);
        var mentions = Mentioning.Of(text, guest.Person, crowd.FindPresent);
        foreach (var body in bodies)
            Add(guest.Person, new Command.SendMessage(body, null, mentions, isAction));
        return null;
    }

    private Entry.Malformed? Join(string nick)
    {
        var guest = crowd.Bearer(nick);
        // Whoever comes in has gone before, though the log does not say so.
        if (guest.IsIn)
            Imply(() => Out(guest));
        In(guest, nick);
        return null;
    }

    private Entry.Malformed? Leave(string nick)
    {
        Out(Present(nick));
        return null;
    }

    private Entry.Malformed? Rename(string old, string now)
    {
        var guest = Present(old);
        // There is one of each nick on a network, so whoever bore it has gone.
        if (crowd.Take(now, guest) is { IsIn: true } before)
            Imply(() => Out(before));
        if (guest.Called == Called(now))
            NotKept("the same nick as before");
        else
            Call(guest, now);
        return null;
    }

    private Entry.Malformed? SetTopic(string text)
    {
        if (Topic.Create(text).Case is not Topic set)
            return new Entry.Malformed("a topic that no conversation can have");
        if ((topic?.Value ?? "") == set.Value)
            NotKept("the same topic as before");
        else
            Add(Script.Importer, new Command.SetTopic(set));
        topic = set;
        return null;
    }

    // A log that begins in the middle lets people speak and go who never came: they came in just before.
    private Crowd.Guest Present(string nick)
    {
        var guest = crowd.Bearer(nick);
        if (!guest.IsIn)
            Imply(() => In(guest, nick));
        else if (guest.Called != Called(nick))
            Imply(() => Call(guest, nick));
        return guest;
    }

    private void In(Crowd.Guest guest, string nick)
    {
        Add(guest.Person, new Command.Join());
        guest.IsIn = true;
        Call(guest, nick);
    }

    private void Out(Crowd.Guest guest)
    {
        Add(guest.Person, new Command.Leave());
        guest.IsIn = false;
        guest.Called = null;
    }

    // Always said, also where the person's id reads the same: what is shown is what the log shows, without a
    // convention.
    private void Call(Crowd.Guest guest, string nick)
    {
        guest.Called = Called(nick);
        Add(guest.Person, new Command.SetNickname(guest.Called));
    }

    private static Nickname Called(string nick) =>
        (Nickname)(Nickname.Create(nick).Case ?? throw new ArgumentException("no nickname", nameof(nick)));

    private void Imply(Action act)
    {
        var before = steps.Count;
        act();
        implied += steps.Count - before;
    }

    private void Add(PersonId person, Command command) =>
        steps.Add(
            new ImportStep(line.Number, person, ClientId.Of($"irc-{key}-{line.Number}-{index++}"), command, line.At)
        );
}
