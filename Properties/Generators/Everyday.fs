/// What people do all day, as far as no rule bites.
module Chat.Spec.Generators.Everyday

open System
open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Spec
open Chat.Spec.Generators.Beginnings

/// Somebody comes and goes so many times, while somebody else talks.
let revolvingDoor (turns: int) : (PersonId * int64 * Command) list =
    let hello =
        ann, 1L, Command.SendMessage(body "hi", Nullable(), listing [], false) :> Command

    let comes =
        [
            ann, 1L, Command.Invite(listing [ bob ]) :> Command
            bob, 1L, Command.Join()
            hello
        ]

    (ann, 1L, Command.Create(ConversationKind.Group, listing [], null) :> Command)
    :: List.concat (List.replicate turns (comes @ [ bob, 1L, Command.Leave() ]))
    @ comes

let private by who command = who, 1L, command :> Command

let private answer seq mentions =
    Command.SendMessage(body "yes", Nullable seq, listing mentions, false)

/// People answer, react, edit and take back, come and go.
let private talking: (PersonId * int64 * Command) list list =
    [
        [
            made
            say
            by ann (answer 1L [ bob ])
            by bob (Command.React(2L, emoji "+1"))
            by bob (Command.React(2L, emoji "+1"))
            by ann (Command.React(2L, emoji "+1"))
            by bob (Command.Unreact(2L, emoji "+1"))
            by bob (Command.EditMessage(1L, body "ho", listing [ ann ]))
            by ann (Command.EditMessage(1L, body "mine", listing []))
            by ann (Command.RedactMessage(1L, null))
            by bob (Command.EditMessage(1L, body "again", listing []))
            say
            by bob (Command.RedactMessage(3L, null))
        ]
        [
            made
            by ann (Command.SetTopic(valid (Topic.Create "news")))
            say
            by ann (Command.Invite(listing [ cid ]))
            by cid (Command.Join())
            say
            by bob (answer 1L [])
            by bob (Command.React(1L, emoji "+1"))
            by cid (answer 1L [])
            by bob (Command.Leave())
            by ann (answer 2L [ bob; cid ])
            by ann (Command.Invite(listing [ bob ]))
            by bob (Command.Join())
            by cid (Command.SetNickname(valid (Nickname.Create "chief")))
            by ann (Command.Leave())
            by bob (Command.ChangeSettings(SettingsChange(Locked = true)))
            by cid (Command.ChangeSettings(SettingsChange(AnnounceOnly = true)))
            say
        ]
    ]

/// Something is pinned, people are asked in and knock; at the end of one day somebody may neither pin nor announce.
let private keeping: (PersonId * int64 * Command) list list =
    [
        [
            made
            say
            by bob (Command.Pin 1L)
            by bob (Command.Unpin 1L)
            by ann (Command.Unpin 1L)
            by bob (Command.Pin 1L)
        ]
        [
            made
            say
            ann, 1L, role "everyone" 0 [] [ Permission.Pin ]
            by bob (Command.Pin 1L)
            keep (SettingsChange(AnnounceOnly = true))
            say
        ]
        [
            made
            by ann (Command.Invite(listing [ cid ]))
            by ann (Command.Uninvite cid)
            by cid (Command.Join())
            keep (SettingsChange(Join = JoinRule.Knock))
            by cid (Command.Knock null)
            by cid (Command.Uninvite cid)
            by cid (Command.Knock null)
            by ann (Command.Invite(listing [ cid ]))
            by cid (Command.Join())
            say
        ]
    ]

/// Days of a few people.
let all = talking @ keeping

/// What has an end: a role is given and dropped, and who is put out for good does not come back before that is taken
/// back. Nobody need knock where the door is open, and one waits between two messages for as long as is set.
let ending: (PersonId * int64 * Command) list =
    [
        by ann (Command.Create(ConversationKind.Channel, listing [ bob ], valid (ConversationName.Create "square")))
        keep (SettingsChange(Join = JoinRule.Open))
        ann, 1L, role "r1" 10 [ Permission.Pin ] []
        by ann (Command.AssignRoles(bob, listing [ RoleId.Of "r1" ], Grant.None))
        by bob (Command.DropRole(RoleId.Of "r1"))
        by ann (Command.DropRole(RoleId.Of "r1"))
        by ann (Command.DropRole(RoleId.Of "r1"))
        by ann (Command.Ban(bob, Nullable(), null))
        by bob (Command.Join())
        by ann (Command.Invite(listing [ bob ]))
        by ann (Command.Unban bob)
        by bob (Command.Knock null)
        by bob (Command.Join())
        keep (SettingsChange(SlowModeMs = 60_000L))
        say
        say
    ]
