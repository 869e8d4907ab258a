/// Beginnings of conversations in which a rule bites that chance alone seldom meets.
module Chat.Spec.Generators.Beginnings

open System
open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Spec

let ann, bob, cid = Palette.people[0], Palette.people[1], Palette.people[2]

let made =
    ann, 1L, Command.Create(ConversationKind.Group, listing [ bob ], null) :> Command

let say =
    bob, 1L, Command.SendMessage(body "hi", Nullable(), listing [], false) :> Command

let keep change =
    ann, 1L, Command.ChangeSettings change :> Command

let role id rank allow deny =
    let name = valid (RoleName.Create "r")
    Command.SetRole(RoleId.Of id, name, rank, Grant(powersOf allow, powersOf deny)) :> Command

let private dee, eve = Palette.people[3], Palette.people[4]
let private tea = LinkId.Of "tea-and-biscuits"

let private link who length uses people =
    who, 1L, Command.MakeLink(tea, Option.toNullable length, Option.toNullable uses, listing people) :> Command

let private comes who wait =
    who, wait, Command.Join(Nullable tea) :> Command

let private assigned =
    Command.AssignRoles(bob, listing [ RoleId.Of "mods" ], Grant.None) :> Command

let private picture =
    let file =
        Attachment(
            FileId.Of "f1",
            valid (FileName.Create "f1.x"),
            valid (MediaType.Create "image/png"),
            7L,
            Instant 1_800_000_000_000L
        )

    bob, 1L, Command.SendMessage(Body.None, Nullable(), listing [], Files = listing [ file ]) :> Command

let private calling who roles =
    who,
    1L,
    Command.SendMessage(body "here", Nullable(), listing [], Roles = (roles |> List.map RoleId.Of |> listing))
    :> Command

let private rule id text action length =
    WordRule(WordRuleId.Of id, listing [ valid (Phrase.Create text) ], action, length)

let private wording (rules: WordRule list) =
    ann, 1L, Command.SetWords(listing rules) :> Command

/// Words that are blocked, flagged, or cost the word; who may change the settings says them.
let private worded: (PersonId * int64 * Command) list list =
    [
        [
            made
            wording [ rule "r1" "h*" WordAction.Block 0L ]
            say
            ann, 1L, Command.SendMessage(body "hi", Nullable(), listing [], false)
            bob, 1L, Command.SendMessage(body "yes", Nullable(), listing [], false)
            bob, 1L, Command.EditMessage(2L, body "hi", listing [])
            wording []
            say
        ]
        [
            made
            wording [ rule "r3" "hello" WordAction.Flag 0L; rule "r2" "HI" WordAction.Timeout 40L ]
            say
            bob, 1L, Command.SendMessage(body "yes", Nullable(), listing [], false)
            bob, 60L, Command.SendMessage(body "hello", Nullable(), listing [], false)
            bob, 1L, Command.EditMessage(1L, body "hello hi", listing [])
        ]
    ]

/// What was said before one came in is to be seen, and no news.
let private comingLate: (PersonId * int64 * Command) list =
    [
        made
        keep (SettingsChange(History = HistoryRule.All))
        say
        say
        ann, 1L, Command.Invite(listing [ cid ])
        cid, 1L, Command.Join()
        say
    ]

/// Messages with files, and messages that call everybody, or those of a role.
let private carrying: (PersonId * int64 * Command) list list =
    [
        [
            made
            calling bob [ "everyone" ]
            calling ann [ "everyone" ]
            calling ann [ "mods" ]
            ann, 1L, Command.KeepParty(Parties.of' [ ann; bob ])
            bob, 1L, Command.KeepParty(Parties.of' [ ann; cid ])
            ann, 1L, Command.KeepParty(Parties.of' [])
            ann, 1L, Command.Timeout(bob, 20L, null)
            ann, 1L, Command.KeepParty(Parties.of' [ bob; ann ])
        ]
        [
            ann, 1L, Command.Create(ConversationKind.Channel, listing [ bob ], valid (ConversationName.Create "news"))
            ann, 1L, Command.KeepParty(Parties.of' [ ann; bob ])
        ]
        [
            made
            ann, 1L, role "mods" 10 [] []
            ann, 1L, assigned
            calling ann [ "mods"; "everyone" ]
            ann, 1L, Command.EditMessage(1L, body "there", listing []) :> Command
        ]
        [
            made
            picture
            bob, 1L, Command.EditMessage(1L, body "see", listing [])
            bob, 1L, Command.EditMessage(1L, Body.None, listing [])
            ann, 1L, role "everyone" 0 [] [ Permission.Attach ]
            picture
        ]
    ]

/// A link is for two, and lets one of them in.
let private forOneOfTwo =
    [
        made
        link ann None (Some 1) [ dee; eve ]
        comes cid 1L
        comes dee 1L
        comes eve 1L
    ]

/// Who wants what, so many milliseconds after the one before.
let all: (PersonId * int64 * Command) list list =
    carrying
    @ worded
    @ [ forOneOfTwo ]
    @ [ comingLate ]
    @ [
        [
            made
            keep (SettingsChange(EditWindowMs = 30L))
            say
            bob, 31L, Command.EditMessage(1L, body "ho", listing []) :> Command
        ]
        [
            made
            keep (SettingsChange(Join = JoinRule.Knock))
            cid, 1L, Command.Join()
            cid, 1L, Command.Knock null
        ]
        [
            ann, 1L, Command.Create(ConversationKind.Direct, listing [ bob ], null)
            say
            ann, 1L, Command.Close()
            say
            ann, 1L, Command.Record(true, Chat.Domain.Calls.Ending.HungUp, 5_000L)
            ann, 1L, Command.Reopen()
            say
        ]
        [
            made
            ann, 1L, role "mods" 10 [ Permission.ManageRoles ] []
            ann, 1L, assigned
            bob, 1L, role "helpers" 2 [ Permission.Ban ] []
        ]
        [
            made
            ann, 1L, Command.AssignRoles(bob, listing [ RoleId.Everyone ], Grant.None)
        ]
        [
            made
            say
            ann, 1L, role "everyone" 0 [] [ Permission.React; Permission.Invite ]
            bob, 1L, Command.React(1L, emoji "+1")
            bob, 1L, Command.Invite(listing [ cid ])
        ]
        [
            made
            link ann None (Some 1) []
            comes cid 1L
            comes dee 1L
            ann, 1L, Command.DropLink tea
        ]
        [ made; link ann (Some 5L) None []; link ann None None []; comes cid 9L ]
        [
            made
            link bob None None []
            bob, 1L, Command.DropLink(LinkId.Of "another-link-of-old")
            comes cid 1L
        ]
        [ made; link bob None None []; ann, 1L, Command.Kick(bob, null); comes cid 1L ]
        [
            made
            keep (SettingsChange(Join = JoinRule.Knock))
            comes cid 1L
            link bob None None []
            bob, 1L, Command.DropLink tea
        ]
        [ made; say; say; ann, 1L, Command.Ban(bob, Nullable(), null, 1_000L) ]
        [ made; ann, 1L, Command.Timeout(bob, 1_000L, null); say ]
        [ made; keep (SettingsChange(SlowModeMs = 30L)); say; say ]
    ]
