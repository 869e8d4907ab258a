module Chat.Spec.Placeholder

open FsCheck.Xunit

[<Property>]
let ``reversing twice changes nothing`` (xs: int list) = List.rev (List.rev xs) = xs
