/// Which mistake is caught by which law.
module Chat.Spec.Mistakes.Mistakes

open FsCheck
open FsCheck.FSharp
open Chat.Domain.Values
open Chat.Domain.Deciding
open Chat.Protocol
open Chat.Spec
open Chat.Spec.Generators
open Chat.Spec.Laws
open Chat.Spec.Laws.Law
open Chat.Spec.Simulation

let private traces = lazy (Seeds.fixedSample 900 60 Traces.trace)

let private hostile =
    lazy
        (Seeds.fixedSample 200 60 Palette.hostileEvents
         |> List.map (List.map (fun event -> event :> AnyEvent)))

let private bounds = lazy (Bounds.all |> List.map Bounds.recorded)

let private withMarks =
    lazy (Seeds.fixedSample 300 60 (Gen.zip Traces.trace Palette.marks))

let private withManyMarks =
    lazy
        (let marks = Gen.zip (Gen.choose (1, 40)) Palette.marks |> Gen.listOf
         let traces = Gen.oneof [ Traces.trace; Traces.conversation ]
         Seeds.fixedSample 600 60 (Gen.zip traces marks))

let private withCuts =
    lazy
        (Gen.map3 (fun trace cut marks -> trace, cut, marks) Traces.trace (Gen.choose (0, 60)) Palette.marks
         |> Seeds.fixedSample 300 60)

let private ofDecider: Mistake list =
    let right = DeciderMistakes.right
    let fresh = Running.freshOf

    let onTraces name law mistaken =
        mistake name law traces (fresh right) (fresh mistaken)

    let audits audit = audit, fresh right
    let right' = audits ExplanationLaws.auditOf

    [
        onTraces "anyone edits anyone's message" ConversationLaws.decisions DeciderMistakes.anyoneEdits
        onTraces "a group is joined uninvited" ConversationLaws.decisions DeciderMistakes.joinsUninvited
        onTraces "a group is joined uninvited" ConversationLaws.outsiders DeciderMistakes.joinsUninvited
        mistake
            "a group is joined uninvited"
            SmallScope.exhausted
            (lazy [ { SmallScope.membership with Depth = 4 } ])
            (fresh right)
            (fresh DeciderMistakes.joinsUninvited)
        mistake "the audit forgets bans" ExplanationLaws.audited traces right' (audits DeciderMistakes.tellsNoBans)
        onTraces "a link is not used up" PermissionLaws.links DeciderMistakes.linksLetInAnybody
        onTraces "a link's uses are not counted" PermissionLaws.links DeciderMistakes.countsNoUses
        onTraces "a link's uses are not counted" PermissionLaws.governed DeciderMistakes.countsNoUses
        onTraces "who rejoins sees all" ConversationLaws.decisions DeciderMistakes.rejoinsFromTheBeginning
        onTraces "who rejoins sees all" ConversationLaws.states DeciderMistakes.rejoinsFromTheBeginning
        onTraces "an emoji is put twice" AnswerLaws.answers DeciderMistakes.reactsTwice
        onTraces "a number is skipped" ConversationLaws.numbers DeciderMistakes.skipsANumber
        onTraces "a decision depends on how often" DeciderLaws.deterministic (DeciderMistakes.dependsOnHowOften ())
        onTraces "a decision depends on how often" DeciderLaws.batching (DeciderMistakes.dependsOnHowOften ())
        onTraces "no owner follows" ConversationLaws.ownership DeciderMistakes.noOwnerFollows
        onTraces "the state remembers who spoke" ConversationLaws.bounded DeciderMistakes.remembersWhoSpoke
        onTraces "redactions are not in the facts" ConversationLaws.decisions DeciderMistakes.forgetsRedactions
        mistake "one emoji too many" ConversationLaws.decisionOn bounds (fresh right) (fresh DeciderMistakes.oneTooMany)
        mistake
            "marks beyond what was said"
            ConversationLaws.marks
            withMarks
            (fresh right)
            (fresh DeciderMistakes.marksBeyond)
        mistake "a snapshot forgets" DeciderLaws.snapshots traces right (DeciderMistakes.remembersBesides ())
        mistake
            "the state depends on what was said"
            DeciderLaws.stripped
            hostile
            (fresh right)
            (fresh DeciderMistakes.countsOnlyWhatIsThere)
        let throws = fresh DeciderMistakes.throwsOnWhatCannotBe
        mistake "evolve throws" DeciderLaws.evolveTotal hostile (fresh right) throws
    ]

let private ofView: Mistake list =
    let right = ViewLaws.domain
    let onTraces name law mistaken = mistake name law traces right mistaken

    let onMarks name mistaken =
        mistake name ViewLaws.unread withManyMarks right mistaken

    [
        onMarks "one's own messages are unread" ViewMistakes.countsOnesOwn
        onMarks "what was taken back is unread" ViewMistakes.countsWhatWasTakenBack
        onMarks "an edit's mentions are missed" ViewMistakes.missesMentionsOfEdits
        onMarks "what was before one came is unread" ViewMistakes.missesComingIn
        onTraces "edits are missed" ViewLaws.histories ViewMistakes.readsTheFirstVersion
        mistake "what was taken back is kept" ViewLaws.staleIsFresh withCuts right ViewMistakes.keepsWhatWasTakenBack
        onTraces "an event about the unseen is shown" ViewLaws.visibility ViewMistakes.showsWhatIsAboutTheUnseen
        onTraces "former members hear" ViewLaws.live ViewMistakes.formerMembersHear
        onTraces "who is not in reads" ViewLaws.nothingOutside ViewMistakes.outsidersRead
        onTraces "a block veils nothing" VeilLaws.silence ViewMistakes.forgetsVeils
        onTraces "a block veils no reactions" VeilLaws.silence ViewMistakes.veilsNoReactions
        onTraces "a block veils no quotes" VeilLaws.views ViewMistakes.veilsNoQuotes
        onTraces "a block veils not what is about them" VeilLaws.views ViewMistakes.veilsNotWhatIsAboutThem
    ]

let private ofCodecs: Mistake list =
    let sample size gen = lazy (Seeds.fixedSample 1_200 size gen)

    let on name law cases mistaken =
        mistake name law cases Codecs.ours mistaken

    let sent, asks = lazy (Seeds.fixedSample 2_400 40 Samples.sent), sample 40 Asks.all

    let stored, names = sample 40 Wires.any<Recorded>, sample 40 Samples.names
    let damaged = sample 40 Samples.damaged
    let pasts = sample 60 (Gen.zip Traces.trace (Gen.choose (0, 60)))

    let hostile =
        sample 40 (Gen.map (fun bytes -> Samples.each.Value, bytes) Spoilt.hostile)

    let extended = sample 40 (Gen.zip Samples.sent Spoilt.extra)
    let cut = sample 20 (Gen.zip Samples.sent Wires.any<Recorded>)

    [
        on "a field is dropped" CodecLaws.wire sent CodecMistakes.dropsAField
        on "seq and version are swapped" CodecLaws.wire sent CodecMistakes.swapsOnTheWire
        on "seq and version are swapped" CodecLaws.stored stored CodecMistakes.swapsInTheStore
        on "who came in is forgotten" CodecLaws.storedPast pasts CodecMistakes.forgetsWhoCameIn
        on "a snapshot forgets the topic" CodecLaws.snapshots (sample 40 Samples.states) CodecMistakes.forgetsTheTopic
        on "JSON has no milliseconds" CodecLaws.json sent CodecMistakes.losesMilliseconds
        on "JSON loses a field" CodecLaws.jsonRequests asks CodecMistakes.jsonLosesMentions
        on "the unknown is refused" CodecLaws.unknownFields extended CodecMistakes.refusesTheUnknown
        on
            "the unknown is refused"
            CodecLaws.unknownFieldsInJson
            (sample 40 (Gen.zip Asks.all Spoilt.extraInJson))
            CodecMistakes.refusesTheUnknownInJson
        on "any subject is taken" CodecLaws.subjects (sample 40 Samples.addressed) CodecMistakes.takesAnySubject
        on "any subject is taken" CodecLaws.hostileSubjects (sample 40 Spoilt.texts) CodecMistakes.takesAnySubject
        on "names are folded" CodecLaws.names names CodecMistakes.foldsNames
        on "a name that looks encoded stays" CodecLaws.names names CodecMistakes.namesLookEncoded
        on "truncation throws" HostileLaws.hostile hostile CodecMistakes.throwsOnTruncation
        on "what is announced is trusted" HostileLaws.hostile hostile CodecMistakes.trustsWhatIsAnnounced
        on "any time is read" HostileLaws.damaged damaged CodecMistakes.anyTime
        on "any time is read" HostileLaws.hostileTexts (sample 40 Samples.said) CodecMistakes.anyTime
        on "what is cut off is filled up" HostileLaws.truncated cut CodecMistakes.fillsUp
        on
            "the last of two is taken"
            HostileLaws.duplicates
            (sample 40 (Gen.zip Asks.all Spoilt.simple))
            CodecMistakes.takesTheLastOfTwo
        on "numbers are rounded" HostileLaws.numbers asks CodecMistakes.roundsNumbers
        on "a text is cut at NUL" HostileLaws.texts asks CodecMistakes.cutsAtNul
        on "JSON is endlessly deep" HostileLaws.depth (lazy [ 1..20 ]) CodecMistakes.endlesslyDeepInJson
    ]

/// The promises of the loop; some mistakes show in one world of a hundred.
let private loop: Law<Subjects.Subject, uint64> =
    law "the commit loop keeps its promises" Simulator.wrongs

let private worlds = lazy [ 1UL .. 600UL ]

let private ofLoop: Mistake list =
    let onWorlds name mistaken =
        mistake name loop worlds Subjects.domain mistaken

    [
        onWorlds "an unknown outcome is taken for committed" LoopMistakes.takesUnknownForCommitted
        onWorlds "an unknown outcome is taken for failed" LoopMistakes.takesUnknownForFailed
        onWorlds "no id is looked up" LoopMistakes.looksNothingUp
        onWorlds "it publishes before the commit" LoopMistakes.publishesBeforeTheCommit
        onWorlds "it publishes nothing" LoopMistakes.publishesNothing
        onWorlds "it answers twice" LoopMistakes.answersTwice
        onWorlds "it retries under new ids" LoopMistakes.retriesUnderNewIds
        onWorlds "the store forgets guards" LoopMistakes.storeForgetsGuards
        onWorlds "the store forgets versions" LoopMistakes.storeForgetsVersions
        onWorlds "one conflict fails its neighbours" LoopMistakes.storeFailsNeighbours
        onWorlds "the store forgets what is due" LoopMistakes.storeForgetsWhatIsDue
        onWorlds "a note that is old stays" LoopMistakes.leavesNotesAsTheyAre
        onWorlds "whoever waits for what is let go of hears nothing" LoopMistakes.leavesWaiting
        onWorlds "further streams are forgotten" LoopMistakes.forgetsFurtherStreams
        onWorlds "another version is recorded" LoopMistakes.recordsAnotherVersion
        onWorlds "only what happens is recorded" LoopMistakes.recordsOnlyWhatHappens
        for name, house in HouseMistakes.worlds do
            onWorlds name house
    ]

let private ofCluster: Mistake list =
    ClusterMistakes.all
    |> List.map (fun (name, parts) -> mistake name ClusterMistakes.keeps worlds Cluster.Cluster.domain parts)

let private ofOthers: Mistake list =
    PairMistakes.all
    @ DeskMistakes.all
    @ CallMistakes.all
    @ KeepsakeMistakes.all
    @ RoomMistakes.all
    @ RoomVeilMistakes.all
    @ HouseMistakes.all
    @ PartyMistakes.all
    @ TableMistakes.all
    @ RateMistakes.all
    @ BalanceMistakes.all
    @ PresenceMistakes.all
    @ NoticeMistakes.all
    @ MeetingMistakes.all
    @ PrivacyMistakes.all
    @ HindsightMistakes.all
    @ StoreMistakes.all
    @ PredictionMistakes.all
    @ CertificateMistakes.all
    @ ContractMistakes.all
    @ TidingMistakes.all

let all: Mistake list =
    ofDecider @ ofOthers @ ofView @ ofCodecs @ ofLoop @ ofCluster
