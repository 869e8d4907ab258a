using Chat.Domain.Conversations;
using Chat.Domain.Deciding;
using Chat.Domain.Permitting;
using Chat.Domain.Values;

namespace Chat.Domain.Tests.Stored;

/// <summary>One event of every type, with all that a form can hold.</summary>
internal static class Samples
{
    public static readonly StreamKey Stream = StreamKey.Of(TenantId.Main, ConversationId.Of("c0ffee"));
    public static readonly PersonId Ann = PersonId.Of("ann");
    public static readonly PersonId Bob = PersonId.Of("bob");

    private static readonly Stamp Now = new(Ann, new Instant(1_700_000_000_123));
    private static readonly Stamp Imported = Now with { OccurredAt = new Instant(-62) };
    private static readonly MessageRef Third = new(3, 1_000_000);

    private static readonly RoleId Helpers = RoleId.Of("helpers");
    private static readonly Grant Granted = new(
        Powers.Of(Permission.Kick, Permission.Admit),
        Powers.Of(Permission.Announce)
    );

    public static Event[] Events =>
        [
            new Event.Created(Now, ConversationKind.Group, [Ann, Bob], Text(ConversationName.Create("Großer Kreis"))),
            new Event.Renamed(Now, Text(ConversationName.Create("次"))),
            new Event.TopicSet(Now, Text(Topic.Create(""))),
            new Event.Nicknamed(Now, Text(Nickname.Create("A."))),
            new Event.Invited(Now, [Bob]),
            new Event.Joined(Now, [new Interval(1, 7), Interval.OpenFrom(12)]),
            new Event.Left(Now),
            new Event.MessageSent(Imported, 4, Said("one\ntwo \"three\" \\ 🙂"), Third, [Bob], IsAction: true),
            new Event.MessageEdited(Now, Third, Said("otherwise"), [Ann, Bob]),
            new Event.MessageRedacted(Now, Third, Bob, Text(Reason.Create("spam"))),
            new Event.Reacted(Now, Third, Text(Emoji.Create("👍🏽"))),
            new Event.Unreacted(Now, Third, Text(Emoji.Create("👍🏽"))),
            new Event.Pinned(Now, Third),
            new Event.Unpinned(Now, Third),
            new Event.SettingsChanged(
                Now,
                new Settings(JoinRule.Knock, HistoryRule.Last, 20, true, true, 5_000, 60_000, 500)
            ),
            new Event.RoleSet(Now, Helpers, new RoleDefinition(Text(RoleName.Create("Helpers 🌻")), 7, Granted)),
            new Event.RoleDropped(Now, Helpers),
            new Event.RolesAssigned(Now, Bob, [RoleId.Of("guests"), Helpers], Granted),
            new Event.OwnershipTransferred(Now, Bob),
            new Event.Kicked(Now, Bob, Text(Reason.Create("spam"))),
            new Event.Banned(Now, Bob, new Instant(1_700_000_060_123), Text(Reason.Create("spam")), WasIn: true),
            new Event.Unbanned(Now, Bob),
            new Event.TimedOut(Now, Bob, new Instant(1_700_000_060_123), null),
            new Event.Knocked(Now, Text(Reason.Create("it is me"))),
            new Event.Uninvited(Now, Bob),
            new Event.WordsSet(Now, WordRules),
            new Event.LinkMade(Now, LinkId.Of("a-link-of-theirs"), new Instant(1_700_000_060_123), 7, [Bob]),
            new Event.LinkDropped(Now, LinkId.Of("a-link-of-theirs")),
            new Event.Closed(Now),
            new Event.Reopened(Now),
            new Event.Called(Now, true, Domain.Calls.Ending.HungUp, 65_000),
            new Event.Partied(Now, RoomSamples.Party),
        ];

    public static readonly Attachment Picture = new(
        FileId.Of("f-1"),
        Text(FileName.Create("Küche am Abend.png")),
        Text(MediaType.Create("image/png")),
        123_456,
        new Instant(1_700_000_000_000),
        4_000,
        3_000
    );

    private static Listing<WordRule> WordRules =>
        [
            new(
                WordRuleId.Of("insults"),
                [Text(Phrase.Create("you fool*")), Text(Phrase.Create("狗"))],
                WordAction.Timeout,
                60_000
            ),
            new(WordRuleId.Of("money"), [Text(Phrase.Create("wire transfer"))], WordAction.Flag),
        ];

    /// <summary>Types whose form has grown since, as they are written now.</summary>
    public static AnyEvent[] Grown =>
        [
            new Event.TimedOut(Now, Bob, new Instant(1_700_000_060_123), null) { Rule = WordRuleId.Of("insults") },
            new Domain.Desks.Event.Filed(
                Now,
                new Domain.Desks.Subject.Message(ConversationId.Of("c0ffee"), 3),
                Bob,
                Domain.Desks.Cause.Other,
                null
            )
            {
                Rule = WordRuleId.Of("insults"),
            },
            new Domain.Desks.Event.Assigned(Now, 7, Bob) { Because = ["owner", "permission.reports"] },
            new Domain.Desks.Event.Settled(Now, 7, Domain.Desks.Outcome.Dismissed, null)
            {
                Because = ["owner", "permission.reports"],
            },
            new Event.MessageSent(Now, 4, Said("one"), Third with { Author = Bob }, []),
            new Event.MessageSent(
                Now,
                4,
                new Content.Present(Body.None) { Files = [Picture, Picture with { Width = null, Height = null }] },
                null,
                []
            ),
            new Event.MessageSent(Now, 4, Said("all of you"), null, [Bob]) { IsForEveryone = true },
            new Event.MessageEdited(Now, Third, Said("all of you"), []) { IsForEveryone = true },
            new Event.Joined(Now, [Interval.OpenFrom(1)], LinkId.Of("a-link-of-theirs")),
            new Event.Reacted(Now, Third with { Author = Bob }, Text(Emoji.Create("👍🏽"))),
            new Domain.People.Event.PrivacyChanged(Now, Domain.People.Privacy.Open with { MayMeet = true }),
            new Domain.People.Event.PrivacyChanged(
                Now,
                Domain.People.Privacy.Open with
                {
                    Find = Domain.People.Openness.Everyone,
                    Presence = Domain.People.Openness.Nobody,
                    Receipts = Domain.People.Openness.Friends,
                }
            ),
        ];

    public static AnyEvent[] All =>
        [
            .. Events,
            new Domain.People.Event.ProfileChanged(
                Now,
                Text(DisplayName.Create("Ann 🌻")),
                Text(About.Create("far away"))
            ),
            new Domain.People.Event.Suspended(Now, new Instant(1_700_000_060_123), Text(Reason.Create("spam"))),
            new Domain.People.Event.Restored(Now),
            new Domain.People.Event.DeviceRevoked(Now, DeviceId.Of("old-phone")),
            new Domain.People.Event.PrivacyChanged(
                Now,
                new Domain.People.Privacy(Domain.People.Openness.Friends, Domain.People.Openness.Nobody)
            ),
            new Domain.People.Event.InvitationDeclined(Now, ConversationId.Of("c0ffee")),
            new Domain.People.Event.Dismissed(Now, Bob),
            new Domain.Pairs.Event.Requested(Now, Bob),
            new Domain.Pairs.Event.Befriended(Now, Bob),
            new Domain.Pairs.Event.Declined(Now, Bob),
            new Domain.Pairs.Event.Cancelled(Now, Bob),
            new Domain.Pairs.Event.Removed(Now, Bob),
            new Domain.Pairs.Event.Blocked(Now, Bob),
            new Domain.Pairs.Event.Unblocked(Now, Bob),
            new Domain.Desks.Event.Filed(
                Now,
                new Domain.Desks.Subject.Message(ConversationId.Of("c0ffee"), 3),
                Bob,
                Domain.Desks.Cause.Spam,
                Text(Reason.Create("again and again"))
            ),
            new Domain.Desks.Event.Assigned(Now, 7, Bob),
            new Domain.Desks.Event.Settled(Now, 7, Domain.Desks.Outcome.Acted, Text(Reason.Create("taken back"))),
            new Domain.Desks.Event.Looked(Now, 7, Text(Reason.Create("to see whether it is a threat")))
            {
                Because = ["role.helpers.allows", "permission.reports"],
            },
            .. RoomSamples.Rooms,
            .. RoomSamples.Places,
            .. RoomSamples.Lines,
        ];

    public static Recorded Record(AnyEvent happened, long version = 9) =>
        new(
            Stream,
            version,
            Guid.Parse("5f0c1a52-8a11-8d5e-9c3c-0123456789ab"),
            happened,
            new Origin(DeviceId.Of("phone"), ClientId.Of("m-1"), new Digest(((UInt128)1 << 127) + 5)),
            [new Guard(StreamKey.Of(TenantId.Main, ConversationId.Of("other")), 17)]
        );

    public static Content Said(string text) => new Content.Present(Text(Body.Create(text)));

    public static T Text<T>(LanguageExt.Validation<Fault, T> raw) =>
        raw.Match(Succ: value => value, Fail: faults => throw new ArgumentException(faults.Head.Rule));
}
