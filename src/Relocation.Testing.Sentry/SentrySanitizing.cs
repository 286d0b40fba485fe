using System.Security.Cryptography;
using System.Text;

namespace Relocation.Testing;

/// <summary>How Sentry's backups are sanitised (docs/sentry-import.md, sections 9.3 and 6).</summary>
public static class SentrySanitizing
{
    private const int ShownOfToken = 4;

    /// <summary>The prefix that says which kind a token is, as in <c>sntryu_</c>.</summary>
    private static readonly string[] TokenPrefixes = ["sntryu_", "sntrya_", "sntryi_", "sntrys_"];

    /// <summary>Options: their field <c>last_updated_by</c> names a program, not a person.</summary>
    private static readonly string[] Programs = ["sentry.option", "sentry.controloption"];

    private static readonly SanitizeRule EmptyText = SanitizeRule.Constant("\"\"");
    private static readonly SanitizeRule EmptyObject = SanitizeRule.Constant("{}");

    private static readonly (string Model, string Field, SanitizeRule Rule)[] Declared =
    [
        ("sentry.user", "username", SanitizeRule.Text),
        ("sentry.user", "session_nonce", SanitizeRule.Text),
        ("sentry.email", "email", SanitizeRule.Email),
        ("sentry.useremail", "validation_hash", SanitizeRule.Text),
        ("sentry.userip", "country_code", SanitizeRule.Constant("\"CA\"")),
        ("sentry.userip", "region_code", SanitizeRule.Constant("\"BC\"")),
        ("sentry.authenticator", "config", SanitizeRule.Constant("\"\\\"\\\"\"")),
        ("sentry.apitoken", "token", SanitizeRule.By(Token)),
        ("sentry.apitoken", "hashed_token", SanitizeRule.From("token", Hashed)),
        ("sentry.apitoken", "token_last_characters", SanitizeRule.From("token", LastOf)),
        ("sentry.apitoken", "token_type", SanitizeRule.Text),
        ("sentry.apitoken", "refresh_token", SanitizeRule.By(Token)),
        ("sentry.apitoken", "hashed_refresh_token", SanitizeRule.From("refresh_token", Hashed)),
        ("sentry.apikey", "key", SanitizeRule.Text),
        ("sentry.apikey", "label", SanitizeRule.Text),
        ("sentry.apikey", "allowed_origins", EmptyText),
        ("sentry.apigrant", "code", SanitizeRule.Text),
        ("sentry.apiapplication", "client_id", SanitizeRule.Text),
        ("sentry.apiapplication", "allowed_origins", EmptyText),
        ("sentry.apiapplication", "redirect_uris", EmptyText),
        ("sentry.authprovider", "provider", SanitizeRule.Text),
        ("sentry.authprovider", "config", EmptyObject),
        ("sentry.authidentity", "ident", SanitizeRule.Text),
        ("sentry.authidentity", "data", EmptyObject),
        ("sentry.integration", "provider", SanitizeRule.Text),
        ("sentry.integration", "external_id", SanitizeRule.Text),
        ("sentry.integration", "metadata", EmptyObject),
        ("sentry.organizationintegration", "config", EmptyObject),
        ("sentry.projectintegration", "config", EmptyObject),
        ("sentry.repository", "provider", SanitizeRule.Text),
        ("sentry.repository", "external_id", SanitizeRule.Text),
        ("sentry.repository", "config", EmptyObject),
        ("sentry.projectkey", "public_key", SanitizeRule.Text),
        ("sentry.relay", "relay_id", SanitizeRule.Uuid),
        ("sentry.relay", "public_key", SanitizeRule.Text),
        ("sentry.relayusage", "relay_id", SanitizeRule.Uuid),
        ("sentry.relayusage", "public_key", SanitizeRule.Text),
        ("sentry.sentryapp", "creator_label", SanitizeRule.Email),
        ("sentry.sentryapp", "author", SanitizeRule.Text),
        ("sentry.sentryapp", "overview", SanitizeRule.Text),
        ("sentry.sentryapp", "schema", EmptyObject),
        ("sentry.sentryapp", "metadata", EmptyObject),
        ("sentry.sentryappcomponent", "type", SanitizeRule.Text),
        ("sentry.sentryappcomponent", "schema", EmptyObject),
        ("sentry.integration", "debug_data", EmptyObject),
        ("sentry.dataforwarder", "config", EmptyObject),
        ("sentry.dataforwarderproject", "overrides", EmptyObject),
        ("sentry.apidevicecode", "device_code", SanitizeRule.Text),
        ("sentry.apidevicecode", "user_code", SanitizeRule.Text),
        ("sentry.apigrant", "code_challenge", SanitizeRule.Text),
        ("sentry.project", "external_id", SanitizeRule.Text),
        ("sentry.user", "email_unique", SanitizeRule.Email),
        ("sentry.organizationmemberinvite", "organization_member_team_data", SanitizeRule.Constant("[]")),
        ("insights.insightsstarredsegment", "segment_name", SanitizeRule.Text),
        ("sentry.servicehook", "guid", SanitizeRule.Uuid),
        ("sentry.servicehook", "events", SanitizeRule.Constant("\"[]\"")),
    ];

    /// <summary>
    /// The rules of sections 9.3 and 6 of docs/sentry-import.md, and rules for keys, grants and identities whose field names do not say
    /// that they are secret.
    /// </summary>
    /// <param name="model">A model set of <see cref="SentryModel"/>.</param>
    public static SanitizeRules Rules(RelocationModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Declared
            .Where(declared => model.Find(ModelLabel.Parse(declared.Model))?.Fields.Any(field => field.Name == declared.Field) == true)
            .Aggregate(Programs.Aggregate(SanitizeRules.Empty.WithRule(model, Named).WithDefaults(model), (rules, option) => rules.Without(option, "last_updated_by")), (rules, declared) => rules.With(declared.Model, declared.Field, declared.Rule));
    }

    /// <summary>Every name in Sentry may identify somebody: organizations, projects, teams, keys. Dates keep their order in all models.</summary>
    private static SanitizeRule? Named(RelocationEntity entity, RelocationField field) => field switch
    {
        { IsInBackup: false } => null,
        { Type: FieldType.Instant or FieldType.DateTime or FieldType.Date } => SanitizeRule.OrderedDate,
        { Type: FieldType.Text, Name: "name" } => SanitizeRule.Name,
        { Type: FieldType.Text, Name: "slug" } when entity.Fields.Any(other => other.Name == "name") => SanitizeRule.SlugOf("name"),
        _ => null,
    };

    private static string Token(string token, Sanitizer sanitizer) =>
        Array.Find(TokenPrefixes, prefix => token.StartsWith(prefix, StringComparison.Ordinal)) is { } prefix
            ? prefix + sanitizer.MapText(token[prefix.Length..])
            : sanitizer.MapText(token);

    private static string Hashed(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static string LastOf(string token) => token[^Math.Min(ShownOfToken, token.Length)..];
}
