/// Beginnings in which people befriend and block each other, and try to reach each other all the same.
module Chat.Spec.Generators.Quarrels

open System
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Domain.Conversations
open Chat.Spec
open Chat.Spec.Generators.Beginnings

type private Bonding = Chat.Domain.Pairs.Command
type private Plan = (PersonId * int64 * AnyCommand) list

let private by who command : PersonId * int64 * AnyCommand = who, 1L, command

let private says who text reply mentions =
    by who (Command.SendMessage(body text, reply, listing mentions, false))

let private hi who = says who "hi" (Nullable()) []

let private group people =
    Command.Create(ConversationKind.Group, listing people, null)

/// Two who talk, become friends, and then one has enough.
let private ofTwo: Plan =
    [
        by ann (Command.Create(ConversationKind.Direct, listing [ bob ], null))
        hi bob
        by ann (Bonding.Request bob)
        by bob (Bonding.Accept ann)
        hi ann
        by bob (Bonding.Block ann)
        hi ann
        hi bob
        by ann (Command.React(1L, emoji "+1"))
        by ann (Command.RedactMessage(2L, null))
        by ann (Bonding.Request bob)
        by bob (Bonding.Block ann)
        by bob (Bonding.Unblock ann)
        hi ann
        by bob (Bonding.Request ann)
    ]

/// Among three, one has nothing more to do with another for a while, who goes on as before.
let private amongThree: Plan =
    [
        by ann (group [ bob; cid ])
        by bob (Command.SetNickname(valid (Nickname.Create "chief")))
        hi bob
        hi ann
        says cid "yes" (Nullable 1L) []
        by bob (Command.Pin 1L)
        by ann (Bonding.Block bob)
        says bob "hi" (Nullable()) [ ann ]
        by bob (Command.React(2L, emoji "+1"))
        by bob (Command.EditMessage(1L, body "ho", listing [ ann ]))
        says cid "hi" (Nullable 4L) []
        by cid (Command.React(4L, emoji "+1"))
        says ann "hi" (Nullable 4L) []
        by bob (Command.SetTopic(valid (Topic.Create "news")))
        by bob (Command.SetNickname(valid (Nickname.Create "boss")))
        says bob "hi" (Nullable 2L) []
        hi cid
        by ann (Bonding.Unblock bob)
        hi bob
        hi ann
    ]

/// Requests that are taken back, turned away, met and not heard.
let private asking: Plan =
    [
        by ann (Bonding.Request bob)
        by bob (Bonding.Decline ann)
        by ann (Bonding.Request bob)
        by ann (Bonding.Cancel bob)
        by ann (Bonding.Request bob)
        by bob (Bonding.Accept ann)
        by ann (Bonding.Accept cid)
        by cid (Bonding.Request ann)
        by ann (Bonding.Request cid)
        by ann (Bonding.Remove cid)
        by cid (Bonding.Block ann)
        by cid (Bonding.Request ann)
        by ann (Bonding.Request cid)
        by cid (Bonding.Unblock ann)
        by cid (Bonding.Accept ann)
        by ann (Bonding.Request ann)
    ]

/// Nobody is put in, or asked in, by whom they have closed out.
let private reaching: Plan =
    [
        by bob (Bonding.Block ann)
        by ann (Command.Create(ConversationKind.Direct, listing [ bob ], null))
        by ann (group [ bob; cid ])
        by ann (group [ cid ])
        by ann (Command.Invite(listing [ bob ]))
        by bob (Bonding.Unblock ann)
        by ann (Command.Invite(listing [ bob ]))
        by bob (Command.Join())
        hi ann
        by bob (Bonding.Block ann)
        hi ann
        hi cid
    ]

let planned: Traces.Trace list =
    [ ofTwo; amongThree; asking; reaching ] |> List.map Traces.ofPlan
