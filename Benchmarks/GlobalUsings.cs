global using Chat.Domain.Committing;
global using Chat.Domain.Deciding;
global using Chat.Domain.Values;
