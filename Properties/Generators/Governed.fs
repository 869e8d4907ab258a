/// Settings as a host takes them, at the bounds of each, and what is to be different in them.
module Chat.Spec.Generators.Governed

open System
open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Conversations
open Chat.Domain.Permitting
open Chat.Spec

let settings =
    let one = Gen.elements [ JoinRule.Open; JoinRule.Invite; JoinRule.Knock ]

    let past =
        Gen.elements [ HistoryRule.All; HistoryRule.Join; HistoryRule.Invite; HistoryRule.Last ]

    let flag = Gen.elements [ true; false ]

    let within most =
        Gen.elements [ 0L; 1L; most - 1L; most ]

    gen {
        let! join = one
        let! history = past
        let! last = within (int64 Settings.MaxHistoryLast)
        let! announce = flag
        let! locked = flag
        let! slow = within Settings.MaxSlowModeMs
        let! window = within Settings.MaxEditWindowMs
        let! bytes = within (int64 Body.MaxBytes)
        return Settings(join, history, int last, announce, locked, slow, window, max 1 (int bytes))
    }

/// Some of what settings have is to be different.
let changes =
    let some (value: 'a) =
        Gen.elements [ Nullable value; Nullable() ]

    gen {
        let! kept = settings
        let! join = some kept.Join
        let! history = some kept.History
        let! last = some kept.HistoryLast
        let! announce = some kept.AnnounceOnly
        let! locked = some kept.Locked
        let! slow = some kept.SlowModeMs
        let! window = some kept.EditWindowMs
        let! bytes = some kept.MessageBytes
        return SettingsChange(join, history, last, announce, locked, slow, window, bytes)
    }

let lengths = Gen.elements [ 1L; 60_000L; Limits.LongestMs - 1L; Limits.LongestMs ]

let reasons: Gen<Reason | null> =
    Gen.elements [ null; valid (Reason.Create "spam") ]

let powers: Gen<objnull> =
    Gen.elements (List.ofSeq (Enum.GetValues<Permission>()))
    |> Gen.listOf
    |> fun some -> Gen.frequency [ 1, Gen.constant []; 2, some ]
    |> Gen.map (powersOf >> box)

/// Bans, with lengths that a host takes.
let bans people : Gen<objnull> =
    Gen.map3
        (fun who (length, purge) why -> box (Command.Ban(who, Option.toNullable length, why, Option.toNullable purge)))
        people
        (Gen.zip (Gen.optionOf lengths) (Gen.optionOf lengths))
        reasons

/// Links, with bounds that a host takes.
let links people : Gen<objnull> =
    gen {
        let! letters = Gen.elements [ Limits.LinkLetters; 64 ]
        let! length = Gen.oneof [ Gen.constant None; Gen.map Some lengths ]
        let! uses = Gen.elements [ None; Some 1; Some Limits.ChannelMembers ]
        let! count = Gen.elements [ 0; 0; 1; Limits.LinkPeople ]
        let! named = Gen.listOfLength count people
        let id = LinkId.Of(String('l', letters))
        return box (Command.MakeLink(id, Option.toNullable length, Option.toNullable uses, listing named))
    }

/// Rules about words, as a host takes them.
let wordRules: Gen<objnull> =
    let phrases = [ "hi"; "*hi*"; "you there"; String('é', Phrase.MaxBytes / 2) ]

    let rule index =
        gen {
            let! action = Gen.elements [ WordAction.Block; WordAction.Flag; WordAction.Timeout ]
            let! length = lengths
            let! count = Gen.elements [ 1; 2; WordRule.MaxPhrases ]
            let! said = Gen.elements phrases |> Gen.listOfLength count
            let said = said |> List.map (Phrase.Create >> valid) |> listing
            let length = if action = WordAction.Timeout then length else 0L
            return WordRule(WordRuleId.Of $"r{index}", said, action, length)
        }

    Gen.elements [ 0; 1; WordRule.Most ]
    |> Gen.bind (fun count -> [ 1..count ] |> List.map rule |> Gen.sequenceToList)
    |> Gen.map (listing >> box)

let timeouts people : Gen<objnull> =
    Gen.map3 (fun who length why -> box (Command.Timeout(who, length, why))) people lengths reasons
