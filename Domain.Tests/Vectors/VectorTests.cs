using System.Runtime.CompilerServices;
using Chat.Domain.Conversations;
using Chat.Domain.Permitting;
using Chat.Domain.Values;
using Chat.Domain.Views;
using Chat.Protocol.Wire;
using Xunit;
using static Chat.Domain.Tests.Vectors.Scene;

namespace Chat.Domain.Tests.Vectors;

/// <summary>The golden vectors of the page are what the views write now. Delete one, and it is written anew.</summary>
public sealed class VectorTests
{
    [Theory]
    [InlineData("group", ConversationKind.Group, 1, 60)]
    [InlineData("group-busy", ConversationKind.Group, 2, 160)]
    [InlineData("channel", ConversationKind.Channel, 3, 120)]
    [InlineData("direct", ConversationKind.Direct, 4, 60)]
    public void From_the_first_version_on(string name, ConversationKind kind, int seed, int length)
    {
        var (scene, whims) = (new Scene(kind, name), new Whims(seed));
        PersonId[] people = kind is ConversationKind.Direct ? [Noor, Mia] : [Noor, Mia, Tomas];
        Begin(scene, people);
        var vector = new Vector(scene, Noor);
        while (vector.Count < length)
            Talk(scene, whims, vector, people);
        TakesBackBehindHerBack(scene, vector);
        Govern(scene, vector);
        // A channel keeps no party.
        if (kind is not ConversationKind.Channel)
            Keeps(scene, vector);
        Holds(name, vector);
    }

    [Theory]
    [InlineData("group-came-later", ConversationKind.Group, 5, 40)]
    [InlineData("channel-came-later", ConversationKind.Channel, 6, 90)]
    [InlineData("group-long-unread", ConversationKind.Group, 7, 450)]
    public void From_an_answer_that_begins_anew(string name, ConversationKind kind, int seed, int before)
    {
        var (scene, whims) = (new Scene(kind, name), new Whims(seed));
        PersonId[] people = [Noor, Mia, Tomas];
        Begin(scene, Mia, Tomas);
        for (var n = 0; n < before; n++)
        {
            Do(scene, whims, [Mia, Tomas]);
            // In one of them she comes early and is away for long, in the others she comes late.
            if (!scene.IsIn(Noor) && n >= (name.EndsWith("unread", StringComparison.Ordinal) ? 9 : before - 9))
                ComeIn(scene);
        }
        var vector = new Vector(scene, Noor);
        vector.Resumes(AsReset(scene));
        // About what was said before she came: to her, a stretch that she may not see.
        foreach (var emoji in new[] { "🫶", "👍🏽", ":wave:" })
            scene.Ask(Mia, new Command.React(1, Texts(Emoji.Create(emoji))));
        Returns(scene, vector);
        for (var n = 0; n < 60; n++)
            Talk(scene, whims, vector, people);
        TakesBackBehindHerBack(scene, vector);
        Holds(name, vector);
    }

    [Xunit.Fact]
    public void Nothing_that_a_person_can_be_sent_is_missing_from_them()
    {
        var all = string.Concat(Directory.GetFiles(Folder(), "*.json").Select(File.ReadAllText));
        string[] types =
        [
            .. (
                "created renamed topic_set nicknamed invited joined left message edited redacted reacted unreacted "
                + "pinned unpinned settings_changed role_set role_dropped roles_assigned ownership_transferred kicked "
                + "banned unbanned timed_out knocked uninvited called partied"
            )
                .Split(' ')
                .Append("hidden")
                .Select(type => $"\"type\":\"{type}\""),
        ];
        string[] rest = ["\"until\":", "\"next\":false", ",false]", "\"gone\":", "\"occurred_at\":", "\"action\":true"];
        Assert.DoesNotContain([.. types, .. rest], word => !all.Contains(word, StringComparison.Ordinal));
    }

    private static void Begin(Scene scene, params PersonId[] people)
    {
        var name = scene.Kind is ConversationKind.Direct ? null : Texts(ConversationName.Create("Sunday supper"));
        scene.Ask(people[0], new Command.Create(scene.Kind, Listing.From(people.Skip(1)), name), 1_600_000_000_000);
    }

    // Something happens; she hears of it, now and then twice or too early, or was away and resumes; or she reads.
    private static void Talk(Scene scene, Whims whims, Vector vector, PersonId[] people)
    {
        if (whims.OneIn(9))
        {
            var read = whims.Below((int)scene.LastSeq + 1);
            vector.Reads(new Marks(read, scene.LastSeq));
            return;
        }
        var away = whims.OneIn(12) ? whims.Below(6) : 0;
        for (var n = 0; n <= away; n++)
            Do(scene, whims, people);
        if (!scene.IsIn(Noor))
            ComeIn(scene);
        var missed = scene.Shown(Noor, vector.Version);
        if (away > 0 && missed.Count > 1)
            vector.Hears(missed.Last);
        if (away > 0 || missed.Any(seen => seen.Until > seen.Version))
            Returns(scene, vector);
        else
            foreach (var seen in scene.Delivered(Noor, vector.Version).ToArray())
            {
                vector.Hears(seen);
                if (whims.OneIn(10))
                    vector.Hears(seen);
            }
    }

    private static void TakesBackBehindHerBack(Scene scene, Vector vector)
    {
        scene.Ask(Mia, new Command.SendMessage(Texts(Body.Create("oh no")), null, [Noor]));
        scene.Ask(Mia, new Command.EditMessage(scene.LastSeq, Texts(Body.Create("oh")), [Noor]));
        scene.Ask(Mia, new Command.RedactMessage(scene.LastSeq, null));
        Returns(scene, vector);
    }

    // All that can be done about roles, settings and who is let in, while she stays and hears it.
    private static void Govern(Scene scene, Vector vector)
    {
        var role = RoleId.Of("helpers");
        var owner = scene.State.Members.AsEnumerable().First(one => one.Value.Role is Role.Owner).Key;
        var other = owner == Tomas ? Mia : Tomas;
        var grant = new Grant(Powers.Of(Permission.Pin, Permission.Kick), Powers.Of(Permission.React));
        scene.Ask(owner, new Command.Invite([other]));
        scene.Ask(other, new Command.Join());
        scene.Ask(owner, new Command.SendMessage(Texts(Body.Create("to keep")), null, []));
        (PersonId By, Command Command)[] steps =
        [
            (owner, new Command.Pin(scene.LastSeq)),
            (owner, new Command.SetRole(role, Texts(RoleName.Create("Helpers")), 3, grant)),
            (owner, new Command.AssignRoles(other, [role], grant)),
            (owner, new Command.ChangeSettings(new SettingsChange(JoinRule.Knock, SlowModeMs: 1_000))),
            (owner, new Command.Timeout(other, 60_000, null)),
            (owner, new Command.Kick(other, Texts(Reason.Create("asleep")))),
            (other, new Command.Knock(Texts(Reason.Create("awake again")))),
            (owner, new Command.Uninvite(other)),
            (owner, new Command.Ban(other, 3_600_000, null)),
            (owner, new Command.Unban(other)),
            (owner, new Command.Invite([other])),
            (other, new Command.Join()),
            (owner, new Command.TransferOwnership(other)),
            (other, new Command.Unpin(scene.LastSeq)),
            (other, new Command.DropRole(role)),
        ];
        foreach (var (by, command) in steps)
            Assert.True(scene.Ask(by, command) || scene.Kind is ConversationKind.Direct, $"{by} {command}");
        foreach (var seen in scene.Delivered(Noor, vector.Version).ToArray())
            vector.Hears(seen);
    }

    // One that she hears of, and one that she missed.
    private static void Keeps(Scene scene, Vector vector)
    {
        var (heard, missed) = Whims.Lines(scene);
        Assert.True(scene.Ask(Noor, heard));
        foreach (var seen in scene.Delivered(Noor, vector.Version).ToArray())
            vector.Hears(seen);
        Assert.True(scene.Ask(Noor, missed));
        Returns(scene, vector);
    }

    private static void Returns(Scene scene, Vector vector) =>
        vector.Resumes(
            new Resumption.Missed(
                scene.Conversation,
                Listing.From(scene.Shown(Noor, vector.Version)),
                scene.MarksOf(Noor)
            )
        );

    private static void Do(Scene scene, Whims whims, PersonId[] people)
    {
        var (by, command) = (whims.OneOf(people), whims.Next(scene, people));
        // Who goes holds the conversation no more: the viewer stays, and somebody with her.
        if (command is Command.Leave && (by == Noor || scene.State.Members.Count < 3))
            return;
        scene.Ask(by, command, whims.OneIn(8) ? 1_700_000_000_000 + whims.Below(100_000) : null);
    }

    private static void ComeIn(Scene scene)
    {
        foreach (var person in new[] { Mia, Tomas })
            scene.Ask(person, new Command.Invite([Noor]));
        scene.Ask(Noor, new Command.Join());
    }

    // What a host answers who comes without a cursor.
    private static Resumption.Reset AsReset(Scene scene)
    {
        var shown = scene.Shown(Noor);
        var view = shown.Fold(ConversationView.Of(scene.Conversation, Noor), (held, seen) => held.Evolve(seen));
        var (state, marks) = (scene.State, scene.MarksOf(Noor));
        var newest = view.History.Before(long.MaxValue, 50);
        var entry = new InboxEntry(
            scene.Conversation,
            Domain.Views.Standing.Member,
            scene.Kind,
            state.Name,
            state.Version,
            state.LastSeq,
            marks,
            view.Unread.Count,
            view.Unread.Mentions,
            newest.IsEmpty ? null : newest.Last
        );
        var members = state.Members.AsEnumerable().Select(one => (one.Key, one.Value)).ToArray();
        var details = new Details(
            entry,
            state.Topic,
            state.Members[Noor].JoinedSeq,
            members.Length,
            Listing.From(members.Select(one => MemberEntry.Of(one.Key, one.Value))),
            Listing.From(state.Invited.Keys),
            GoverningEntry.Of(state, Sight.Of(state.Members[Noor].Access))
        );
        return new Resumption.Reset(scene.Conversation, details, Listing.From(newest));
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "Clients", "Web", "test", "golden");

    private static void Holds(string name, Vector vector)
    {
        var file = Path.Combine(Folder(), name + ".json");
        if (!File.Exists(file))
        {
            File.WriteAllText(file, vector.ToString());
            Assert.Fail($"{name}.json was written: look at it, keep it, and run again");
        }
        Assert.Equal(File.ReadAllText(file), vector.ToString());
    }

    private static T Texts<T>(LanguageExt.Validation<Fault, T> text) =>
        text.Match(value => value, faults => throw new ArgumentException(faults.Head.Rule));
}
