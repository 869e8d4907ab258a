/// Pasts and requests at each bound and beside it, which no small trace reaches.
module Chat.Spec.Generators.Bounds

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Spec
open Chat.Spec.Generators.Traces

type Bound =
    {
        Name: string
        /// What is there before, and the request that is at the bound or beyond it.
        Case: Event list * PersonId * Command
    }

let owner = person "owner"
let stamp = Stamp(owner, Instant 1_800_000_000_000L)

/// So many people besides the owner.
let crowd count =
    [ for index in 1..count -> person $"p{index}" ]

let made kind members =
    Event.Created(stamp, kind, listing (owner :: members), conversationName "tea") :> Event

let group members = made ConversationKind.Group members
let nothing: Listing<PersonId> = listing []

let said by (seq: int64) =
    Event.MessageSent(by, seq, Content.Present(body "hi"), Nullable(), nothing, false) :> Event

let fileOf index at =
    Attachment(FileId.Of $"f{index}", valid (FileName.Create "a.png"), valid (MediaType.Create "image/png"), 1L, at)

/// So many people are kept out of it.
let keepingOut count =
    let ban who =
        Event.Banned(stamp, who, Nullable(), null, false) :> Event

    group [] :: (crowd count |> List.map ban)

let private emojiOf index = emoji $"e{index}"

let private creating count kind =
    [], owner, Command.Create(kind, listing (crowd (count - 1)), conversationName "tea") :> Command

/// Somebody comes into something with so many people in it already.
let private joining count kind =
    let guest = person "guest"

    [ made kind (crowd (count - 1)); Event.Invited(stamp, listing [ guest ]) ], guest, Command.Join() :> Command

let private inviting count =
    [ group [] ], owner, Command.Invite(listing (crowd count)) :> Command

let private invitingMore count =
    let asked, more = List.splitAt 7 (crowd count)
    [ group []; Event.Invited(stamp, listing asked) ], owner, Command.Invite(listing more) :> Command

/// The owner mentions so many who are in, two who are not, and everyone twice.
let private mentioning count =
    let people = crowd (Limits.Mentions + 5)
    let named = List.take count people @ [ person "stranger"; person "other" ]

    [ group people ], owner, Command.SendMessage(body "hi", Nullable(), listing (named @ named), false) :> Command

let private attaching count =
    let send =
        Command.SendMessage(
            body "see",
            Nullable(),
            nothing,
            Files = listing [ for index in 1..count -> fileOf index stamp.At ]
        )

    [ group [] ], owner, send :> Command

let private message = MessageRef(1L, 2L)

let private editing count =
    let before, who, _ = mentioning count
    let named = crowd count
    before @ [ said stamp 1L ], who, Command.EditMessage(1L, body "ho", listing named) :> Command

/// A message with so many different emoji gets one more, which it has or has not.
let private reacting count which =
    let others =
        [
            for index in 1..count -> Event.Reacted(Stamp(person "p1", stamp.At), message, emojiOf index) :> Event
        ]

    [ group (crowd 1); said stamp 1L ] @ others, owner, Command.React(1L, emojiOf which) :> Command

/// So many messages are pinned, and the owner pins one more.
let private pinning count =
    let placeOf index =
        MessageRef(int64 index, int64 index + 1L)

    let pin index =
        Event.Pinned(stamp, placeOf index) :> Event

    [ group [] ]
    @ [ for index in 1 .. count + 1 -> said stamp (int64 index) ]
    @ [ for index in 1..count -> pin index ],
    owner,
    Command.Pin(int64 count + 1L) :> Command

let private banning count =
    keepingOut count, owner, Command.Ban(person "guest", Nullable(), null) :> Command

let private knocking count =
    let knock who =
        Event.Knocked(Stamp(who, stamp.At), null) :> Event

    let kept = Settings(JoinRule.Knock, HistoryRule.Join)

    group []
    :: Event.SettingsChanged(stamp, kept)
    :: (crowd count |> List.map knock),
    person "guest",
    Command.Knock null :> Command

let private roleOf index = RoleId.Of $"r{index}"
let private plain = RoleDefinition(valid (RoleName.Create "r"), 1, Grant.None)

let private defining count =
    let set index =
        Event.RoleSet(stamp, roleOf index, plain) :> Event

    group [] :: [ for index in 1..count -> set index ],
    owner,
    Command.SetRole(RoleId.Of "more", plain.Name, 1, Grant.None) :> Command

let private assigning count =
    let before, who, _ = defining (Limits.RolesOfMember + 2)
    let roles = [ for index in 1..count -> roleOf index ]

    group (crowd 1) :: List.tail before,
    who,
    Command.AssignRoles(person "p1", listing (roles @ roles), Grant.None) :> Command

let private linking count =
    let make index =
        Event.LinkMade(stamp, LinkId.Of $"a-long-enough-link-{index}", Nullable(), Nullable(), nothing) :> Event

    group [] :: [ for index in 1..count -> make index ],
    owner,
    Command.MakeLink(LinkId.Of "another-link-of-old", Nullable(), Nullable(), nothing) :> Command

let private linkingFor count =
    [ group [] ],
    owner,
    Command.MakeLink(LinkId.Of "another-link-of-old", Nullable(), Nullable(), listing (crowd count)) :> Command

/// Somebody said so many things, of which one was taken back, and all that is taken back now.
let private purging count =
    let by = Stamp(person "p1", stamp.At)

    let gone =
        Event.MessageRedacted(stamp, MessageRef(3L, 4L, Nullable(person "p1")), person "p1", null) :> Event

    group (crowd 1) :: [ for index in 1..count -> said by (int64 index) ] @ [ gone ],
    owner,
    Command.Ban(person "p1", Nullable(), null, Limits.LongestMs) :> Command

/// What is asked at a bound, and one below and above it.
let at name (bound: int64) make : Bound list =
    [ bound - 1L; bound; bound + 1L ]
    |> List.map (fun count ->
        {
            Name = $"{name} {count}"
            Case = make count
        })

let all: Bound list =
    let at name (bound: int) make = at name bound (int >> make)

    [
        at "a group of" Limits.PeopleAtOnce (fun count -> creating count ConversationKind.Group)
        at "a channel of" Limits.PeopleAtOnce (fun count -> creating count ConversationKind.Channel)
        at "a guest of a group of" Limits.GroupMembers (fun count -> joining count ConversationKind.Group)
        at "a guest of a channel of" Limits.ChannelMembers (fun count -> joining count ConversationKind.Channel)
        at "invited at once:" Limits.PeopleAtOnce inviting
        at "invited in two goes:" Limits.PendingInvitations invitingMore
        at "mentioned:" Limits.Mentions mentioning
        at "mentioned by an edit:" Limits.Mentions editing
        at "files of a message:" Limits.Attachments attaching
        at "another emoji under a message with" Limits.EmojiOfMessage (fun count -> reacting count 0)
        at "another pin beside" (Limits.Pins - 1) pinning
        at "another ban beside" (Limits.Bans - 1) banning
        at "another knock beside" (Limits.Knocks - 1) knocking
        at "another link beside" (Limits.Links - 1) linking
        at "people of a link:" Limits.LinkPeople linkingFor
        at "taken back with a ban:" Limits.Purged purging
        at "another role beside" (Limits.Roles - 1) defining
        at "roles of one:" Limits.RolesOfMember assigning
        at "the same emoji under a message with" Limits.EmojiOfMessage (fun count -> reacting count 3)
    ]
    |> List.concat

/// A bound as a past that is stored and a request.
let recorded (bound: Bound) : Recorded list * Ask =
    let events, who, command = bound.Case

    let past =
        events
        |> List.mapi (fun index happened ->
            let origin = Origin(DeviceId.Of "phone", ClientId.Of $"b{index}", Digest())
            Recorded(streamOf "c1", int64 (index + 1), Guid.Empty, happened, origin, listing []))

    past,
    {
        Person = who
        Device = DeviceId.Of "phone"
        Client = ClientId.Of "bound"
        Command = command
        OccurredAt = None
        Wait = 0L
    }
