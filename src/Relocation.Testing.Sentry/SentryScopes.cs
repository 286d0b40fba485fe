using Relocation.Testing.Sentry;

namespace Relocation.Testing;

/// <summary>The scopes in which Sentry imports a backup (docs/sentry-import.md, section 3.2).</summary>
public static class SentryScopes
{
    private const string UserScope = "User";
    private const string OrganizationScope = "Organization";
    private const string ConfigScope = "Config";
    private const string GlobalScope = "Global";

    /// <summary>Users and what they own, without the rights of administrators.</summary>
    public static ImportScope User { get; } = ImportScope.Of(UserScope, UserScope);

    /// <summary>Users, organizations and what depends on these alone.</summary>
    public static ImportScope Organization { get; } = ImportScope.Of(OrganizationScope, UserScope, OrganizationScope);

    /// <summary>Users and what configures or administers the whole instance, but no organizations.</summary>
    public static ImportScope Config { get; } = ImportScope.Of(ConfigScope, UserScope, ConfigScope);

    /// <summary>The whole instance.</summary>
    public static ImportScope Global { get; } =
        ImportScope.Of(GlobalScope, UserScope, OrganizationScope, ConfigScope, GlobalScope);

    /// <summary>All scopes, the smallest first.</summary>
    public static IReadOnlyList<ImportScope> All { get; } = [User, Organization, Config, Global];

    /// <summary>Finds a scope by its name.</summary>
    /// <param name="name"><c>user</c>, <c>organization</c>, <c>config</c> or <c>global</c>, in any case.</param>
    /// <exception cref="ArgumentException">The scope is unknown; the message lists the known ones.</exception>
    public static ImportScope Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(scope => string.Equals(scope.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw Errors.UnknownScope(name, All, nameof(name));
    }
}
