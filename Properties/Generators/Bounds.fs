/// Pasts and requests at each bound and beside it, which no small trace reaches.
module Chat.Spec.Generators.Bounds

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Generators.Traces

type Bound =
    {
        Name: string
        /// What is there before, and the request that is at the bound or beyond it.
        Case: Event list * PersonId * Command
    }

let private owner = person "owner"
let private stamp = Stamp(owner, Instant 1_800_000_000_000L)

/// So many people besides the owner.
let private crowd count =
    [ for index in 1..count -> person $"p{index}" ]

let private made kind members =
    Event.Created(stamp, kind, listing (owner :: members), conversationName "tea") :> Event

let private group members = made ConversationKind.Group members
let private nothing: Listing<PersonId> = listing []
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

let private message = MessageRef(1L, 2L)

let private said =
    Event.MessageSent(stamp, 1L, Content.Present(body "hi"), Nullable(), nothing, false) :> Event

let private editing count =
    let before, who, _ = mentioning count
    let named = crowd count
    before @ [ said ], who, Command.EditMessage(1L, body "ho", listing named) :> Command

/// A message with so many different emoji gets one more, which it has or has not.
let private reacting count which =
    let others =
        [
            for index in 1..count -> Event.Reacted(Stamp(person "p1", stamp.At), message, emojiOf index) :> Event
        ]

    [ group (crowd 1); said ] @ others, owner, Command.React(1L, emojiOf which) :> Command

let private beside bound = [ bound - 1; bound; bound + 1 ]

let all: Bound list =
    let at name bound make =
        beside bound
        |> List.map (fun count ->
            {
                Name = $"{name} {count}"
                Case = make count
            })

    [
        at "a group of" Limits.PeopleAtOnce (fun count -> creating count ConversationKind.Group)
        at "a channel of" Limits.PeopleAtOnce (fun count -> creating count ConversationKind.Channel)
        at "a guest of a group of" Limits.GroupMembers (fun count -> joining count ConversationKind.Group)
        at "a guest of a channel of" Limits.ChannelMembers (fun count -> joining count ConversationKind.Channel)
        at "invited at once:" Limits.PeopleAtOnce inviting
        at "invited in two goes:" Limits.PendingInvitations invitingMore
        at "mentioned:" Limits.Mentions mentioning
        at "mentioned by an edit:" Limits.Mentions editing
        at "another emoji under a message with" Limits.EmojiOfMessage (fun count -> reacting count 0)
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
