/// Certificates that look away.
module Chat.Spec.Mistakes.CertificateMistakes

open Chat.Protocol.Wire
open Chat.Spec
open Chat.Spec.Laws
open Chat.Spec.Laws.CertificateLaws

let private blind (part: ViewPart) : Drift =
    fun begun view -> domain begun view |> List.filter (fun one -> one <> part)

/// What one said oneself is left out.
let private skipsOwn: Drift =
    fun begun view ->
        let own (message: Chat.Domain.Views.Message) = message.By <> view.Viewer
        let newest = begun.Newest |> Seq.filter own |> listing
        domain (Resumption.Reset(begun.Conversation, begun.Details, newest)) view

let all: Mistake list =
    let traces =
        lazy
            (Seeds.fixedSample
                600
                40
                (FsCheck.FSharp.Gen.zip Generators.Traces.trace (FsCheck.FSharp.Gen.choose (0, 1_000))))

    [
        for part in System.Enum.GetValues<ViewPart>() do
            mistake $"a certificate does not look at {part}" noticed traces domain (blind part)
        mistake "a certificate leaves one's own messages out" noticed traces domain skipsOwn
    ]
