global using Chat.Domain.Deciding;
global using Chat.Domain.Forms;
global using Chat.Domain.Permitting;
global using Chat.Domain.Values;
global using LanguageExt;
global using static LanguageExt.Prelude;
