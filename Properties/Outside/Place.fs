namespace Chat.Spec.Outside

open System
open System.Collections.Generic
open System.Security.Cryptography
open Microsoft.IdentityModel.JsonWebTokens
open Microsoft.IdentityModel.Tokens
open Chat.Domain.Values

/// A host, and how one comes in: the bearer token of a person and their device.
type Place =
    {
        Url: string
        Token: PersonId -> DeviceId -> string
        /// How long an answer is waited for before the request is sent again.
        Patience: TimeSpan
        /// The address of HTTP, where files are brought and fetched; nothing where none is asked about.
        Http: string
        /// How many processes may hear a person at the same time, or one after another while it is asked: each counts
        /// by itself how often somebody asks.
        Hosts: int
        /// How long it may take until another host stands in for one that dies; none where nobody dies. Where one may,
        /// nobody has to be told all of it as it happens: they find it when they come back.
        Outage: TimeSpan
    }

    /// How long it may take until whoever is to be told of something has heard of it.
    member place.Telling = 2.5 * place.Patience

    /// A place whose issuer signs with ES256, as the development issuer does: its private key as PEM.
    static member Of(url: string, issuer: string, audience: string, pem: string) : Place =
        let key = ECDsa.Create()
        key.ImportFromPem pem

        let credentials =
            SigningCredentials(ECDsaSecurityKey key, SecurityAlgorithms.EcdsaSha256)

        let token (who: PersonId) (device: DeviceId) =
            let now = DateTime.UtcNow

            SecurityTokenDescriptor(
                Issuer = issuer,
                Audience = audience,
                IssuedAt = now,
                NotBefore = now,
                Expires = now.AddDays 1.,
                Claims = Dictionary(dict [ "sub", box who.Value; "device", box device.Value ]),
                SigningCredentials = credentials
            )
            |> JsonWebTokenHandler().CreateToken

        {
            Url = url
            Token = token
            Patience = TimeSpan.FromSeconds 4.
            Http = ""
            Hosts = 1
            Outage = TimeSpan.Zero
        }
