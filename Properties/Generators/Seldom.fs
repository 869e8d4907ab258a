/// What chance leads to so seldom that a change of the code stayed unnoticed: each of these is here because a mutant
/// survived (docs/mutants.md).
module Chat.Spec.Generators.Seldom

open System
open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Spec
open Chat.Spec.Generators.Beginnings

let private by who command = who, 1L, command :> Command

let private direct =
    by ann (Command.Create(ConversationKind.Direct, listing [ bob ], null))

/// Who comes again sees from where they saw before, and from before that.
let private comingAgain: (PersonId * int64 * Command) list list =
    let asksIn = by ann (Command.Invite(listing [ cid ]))
    let comes = by cid (Command.Join())
    let goes = by cid (Command.Leave())

    [
        [
            made
            keep (SettingsChange(History = HistoryRule.Last, HistoryLast = Nullable 1))
            say
            asksIn
            comes
            goes
            asksIn
            comes
            goes
            keep (SettingsChange(HistoryLast = Nullable 5))
            asksIn
            comes
        ]
        [
            made
            keep (SettingsChange(History = HistoryRule.Last, HistoryLast = Nullable 1))
            say
            asksIn
            comes
            say
            goes
            asksIn
            comes
        ]
        [
            made
            say
            asksIn
            comes
            say
            goes
            keep (SettingsChange(History = HistoryRule.Invite))
            say
            asksIn
            say
            comes
        ]
    ]

/// A direct conversation is closed twice and opened twice, by the one and by the other.
let private closing: (PersonId * int64 * Command) list =
    [
        direct
        by ann (Command.Record(false, Chat.Domain.Calls.Ending.Missed, 0L))
        by bob (Command.KeepParty(Parties.of' [ ann; bob ]))
        by ann (Command.Close())
        by bob (Command.KeepParty(Parties.of' [ ann; bob ]))
        by ann (Command.Close())
        by bob (Command.Close())
        by ann (Command.Reopen())
        by ann (Command.Reopen())
        say
        by bob (Command.Reopen())
        by bob (Command.Reopen())
        say
    ]

/// Some messages are pinned, and one of them no more; then one is taken back.
let private pinning: (PersonId * int64 * Command) list =
    [
        made
        say
        say
        say
        by bob (Command.Pin 1L)
        by bob (Command.Pin 2L)
        by bob (Command.Pin 3L)
        by bob (Command.Pin 3L)
        by ann (Command.Unpin 2L)
        by bob (Command.RedactMessage(1L, null))
        say
    ]

/// What is said otherwise calls everybody, or says nothing at all.
let private editing: (PersonId * int64 * Command) list =
    [
        made
        say
        by bob (Command.EditMessage(1L, Body.None, listing []))
        by bob (Command.EditMessage(1L, body "all of you", listing [], Roles = listing [ RoleId.Everyone ]))
        by bob (Command.EditMessage(1L, body "you", listing [ ann ]))
        by ann (Command.SendMessage(body "mine", Nullable(), listing [], false))
        by ann (Command.EditMessage(2L, body "all of you", listing [], Roles = listing [ RoleId.Everyone ]))
    ]

/// Who is banned has said something, something of which was taken back already; all of it goes.
let private purging: (PersonId * int64 * Command) list =
    [
        made
        say
        say
        by ann (Command.RedactMessage(1L, null))
        by ann (Command.SendMessage(body "mine", Nullable(), listing [], false))
        say
        by ann (Command.Ban(bob, Nullable 50L, null, 2L))
        by ann (Command.Ban(bob, Nullable 50L, null, 1_000L))
        by bob (Command.Join())
        by ann (Command.Unban bob)
        by ann (Command.Unban bob)
        by ann (Command.Invite(listing [ bob ]))
        by bob (Command.Join())
        say
    ]

/// The same rules about words are set twice.
let private wording: (PersonId * int64 * Command) list =
    let words =
        by
            ann
            (Command.SetWords(
                listing
                    [
                        WordRule(WordRuleId.Of "r1", listing [ valid (Phrase.Create "h*") ], WordAction.Block, 0L)
                    ]
            ))

    [ made; words; words; say ]

/// Nobody comes into what is locked, by invitation, by a link or by themselves.
let private locking: (PersonId * int64 * Command) list =
    let tea = LinkId.Of "tea-and-biscuits"
    let comes link = by cid (Command.Join link)

    [
        made
        keep (SettingsChange(Join = Nullable JoinRule.Open))
        by ann (Command.MakeLink(tea, Nullable(), Nullable(), listing []))
        by ann (Command.Invite(listing [ cid ]))
        keep (SettingsChange(Locked = Nullable true))
        comes (Nullable())
        comes (Nullable tea)
        say
        keep (SettingsChange(Locked = Nullable false))
        comes (Nullable tea)
    ]

/// What somebody said is taken back by who stands as high, and by who stands lower.
let private ranking: (PersonId * int64 * Command) list =
    let are who (roles: string list) =
        by ann (Command.AssignRoles(who, roles |> List.map RoleId.Of |> listing, Grant.None))

    let says = by cid (Command.SendMessage(body "mine", Nullable(), listing [], false))

    let takesBack (seq: int64) =
        by bob (Command.RedactMessage(seq, null))

    [
        by ann (Command.Create(ConversationKind.Group, listing [ cid; bob ], null))
        by ann (role "mods" 3 [ Permission.Redact; Permission.ManageRoles ] [])
        by ann (role "top" 5 [] [])
        are bob [ "mods" ]
        are cid [ "mods" ]
        says
        takesBack 1L
        are cid [ "top" ]
        says
        takesBack 2L
        by bob (Command.AssignRoles(cid, listing [], Grant.None))
    ]

/// A role calls two, who were given it in no order, and one of them by name too.
let private calling: (PersonId * int64 * Command) list =
    let mods = RoleId.Of "mods"

    let isMod who =
        by ann (Command.AssignRoles(who, listing [ mods ], Grant.None))

    [
        by ann (Command.Create(ConversationKind.Group, listing [ cid; bob ], null))
        by ann (role "mods" 1 [] [])
        isMod cid
        isMod bob
        by ann (Command.SendMessage(body "here", Nullable(), listing [], Roles = listing [ mods ]))
        by ann (Command.SendMessage(body "here", Nullable(), listing [ cid ], Roles = listing [ mods ]))
    ]

let all: (PersonId * int64 * Command) list list =
    comingAgain
    @ [ closing; pinning; editing; purging; wording; locking; ranking; calling ]
