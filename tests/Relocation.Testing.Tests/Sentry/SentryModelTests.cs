using Xunit;

namespace Relocation.Testing.Tests.Sentry;

public sealed class SentryModelTests
{
    private static readonly RelocationModel Model = SentryModel.Create(SqliteEngine.Instance);

    private static readonly string[] Scopes = ["User", "Organization", "Config", "Global", "Excluded"];

    [Fact]
    public void Model_is_named_after_its_version()
    {
        Assert.Equal("sentry@head", Model.Name);
        Assert.Equal("sentry@24.7.0", SentryModel.Create(SqliteEngine.Instance, "24.7.0").Name);
        Assert.Equal(
            ["26.6", "26.2", "head", "24.8.0", "24.7.0", "24.6.0", "24.5.1", "24.4.2", "24.2.0", "24.1.2", "23.12.0", "23.11.1", "23.10.0", "23.9.1"],
            SentryModel.Versions);
    }

    [Fact]
    public void Head_is_known_by_its_number_too()
    {
        var numbered = SentryModel.Create(SqliteEngine.Instance, SentryModel.HeadNumber);

        Assert.Equal("sentry@24.9", numbered.Name);
        Assert.Equal(Model.Entities.Select(entity => entity.Label), numbered.Entities.Select(entity => entity.Label));
    }

    [Fact]
    public void An_unknown_version_is_refused_with_those_that_are_known()
    {
        var exception = Assert.Throws<ArgumentException>(() => SentryModel.Create(SqliteEngine.Instance, "9.1.2"));

        Assert.StartsWith("There is no catalogue of Sentry '9.1.2'. Use one of: 26.6, 26.2, head, 24.8.0, 24.7.0, ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_reference_points_at_a_model_of_the_catalogue_but_the_one_to_activations()
    {
        var outside = Model.Entities.SelectMany(entity => entity.References.Select(reference => (entity, reference)))
            .Where(item => Model.Find(item.reference.Target) is null)
            .ToList();

        var (entity, reference) = Assert.Single(outside);
        Assert.Equal("sentry.incident", entity.Label.Value);
        Assert.Equal("activation -> sentry.alertruleactivations", reference.ToString());
        Assert.False(reference.HasConstraint);
    }

    [Fact]
    public void References_are_enforced_exactly_where_the_application_has_a_foreign_key()
    {
        var references = Model.Entities.SelectMany(entity => entity.References).ToList();

        Assert.Equal(145, references.Count);
        Assert.Equal(91, references.Count(reference => reference.HasConstraint));
        Assert.All(references, reference => Assert.Equal(reference.HasConstraint, reference.IsDeferrable));
        Assert.All(references, reference => Assert.Equal(reference.HasConstraint, reference.OnDelete is not null));
        Assert.Equal("NO ACTION", Reference("sentry.incident", "alert_rule").OnDelete);
        Assert.Equal("SET NULL", Reference("sentry.rule", "owner_team").OnDelete);
        Assert.Equal("CASCADE", Reference("sentry.project", "organization").OnDelete);
        Assert.False(Reference("sentry.querysubscription", "project").HasConstraint);
    }

    [Theory]
    [InlineData("sentry.organization.flags", FieldType.Integer, FieldEncoding.DecimalText, "INTEGER")]
    [InlineData("sentry.option.value", FieldType.Json, FieldEncoding.JsonText, "TEXT")]
    [InlineData("sentry.rule.data", FieldType.Json, FieldEncoding.JsonText, "TEXT")]
    [InlineData("sentry.integration.metadata", FieldType.Json, FieldEncoding.Native, "TEXT")]
    [InlineData("sentry.apitoken.scope_list", FieldType.Array, FieldEncoding.PythonListText, "TEXT")]
    [InlineData("sentry.dashboardwidgetquery.aggregates", FieldType.Array, FieldEncoding.ListText, "TEXT")]
    [InlineData("sentry.monitor.guid", FieldType.Guid, FieldEncoding.Native, "TEXT")]
    [InlineData("sentry.userip.ip_address", FieldType.Text, FieldEncoding.Native, "TEXT")]
    [InlineData("sentry.email.email", FieldType.Text, FieldEncoding.Native, "TEXT COLLATE NOCASE")]
    [InlineData("sentry.alertrule.resolve_threshold", FieldType.Real, FieldEncoding.Native, "REAL")]
    [InlineData("sentry.user.is_staff", FieldType.Boolean, FieldEncoding.Native, "INTEGER")]
    [InlineData("sentry.user.date_joined", FieldType.Instant, FieldEncoding.Native, "TEXT")]
    public void Fields_are_read_as_their_dump_is_written(string field, FieldType type, FieldEncoding encoding, string storeType)
    {
        var found = Field(field);

        Assert.Equal((type, encoding, storeType), (found.Type, found.Encoding, found.StoreType));
    }

    [Fact]
    public void Absent_fields_take_what_the_application_gives_them()
    {
        Assert.Null(Field("sentry.user.username").Default);
        Assert.Equal(FieldDefault.Now, Field("sentry.user.date_joined").Default);
        Assert.Equal(FieldDefault.After(TimeSpan.FromDays(30)), Field("sentry.apitoken.expires_at").Default);
        Assert.Equal(FieldDefault.After(TimeSpan.FromMinutes(10)), Field("sentry.apigrant.expires_at").Default);
        Assert.Equal(FieldDefault.Token(64), Field("sentry.apitoken.token").Default);
        Assert.Equal(FieldDefault.Guid, Field("sentry.monitor.guid").Default);
        Assert.Equal(FieldDefault.Constant("\"1\""), Field("sentry.organization.flags").Default);
        Assert.Equal(FieldDefault.Constant("\"member\""), Field("sentry.organization.default_role").Default);
        Assert.Equal(FieldDefault.Constant("\"[]\""), Field("sentry.repository.languages").Default);
        Assert.Equal(FieldDefault.Constant("{}"), Field("sentry.projectkey.data").Default);
        Assert.Null(Field("sentry.rule.owner_user_id").Default);
        Assert.True(Field("sentry.rule.owner_user_id").IsNullable);
    }

    [Fact]
    public void Made_tokens_fit_their_columns()
    {
        var tokens = Model.Entities.SelectMany(entity => entity.Fields).Where(field => field.Default?.Kind == FieldDefaultKind.Token).ToList();

        Assert.Equal(10, tokens.Count);
        Assert.All(tokens, field => Assert.InRange(field.Default!.Length, 16, field.MaxLength ?? 64));
    }

    [Fact]
    public void Lengths_are_those_that_the_column_itself_has()
    {
        Assert.Equal(50, Field("sentry.organization.slug").MaxLength);
        Assert.Null(Field("sentry.groupsearchview.name").MaxLength);
        Assert.Null(Field("sentry.spanattributeextractionruleconfig.tags").MaxLength);
        Assert.Null(Field("sentry.alertrule.detection_type").MaxLength);
    }

    [Fact]
    public void Scopes_of_four_models_depend_on_the_record()
    {
        var ruled = Model.Entities.Where(entity => entity.ScopeRule is not null).ToDictionary(entity => entity.Label.Model, entity => entity.ScopeRule!);

        Assert.Equal(["apiauthorization", "apitoken", "notificationaction", "notificationactionproject"], ruled.Keys.Order());
        Assert.All(Model.Entities, entity => Assert.Equal(entity.Scopes.Count > 1, entity.ScopeRule is not null));
        Assert.Equal(["application"], ruled["apitoken"].WhenAnySet);
        Assert.Equal(("Global", "Config"), (ruled["apitoken"].Then, ruled["apitoken"].Otherwise));
        Assert.Equal(["integration_id", "sentry_app_id"], ruled["notificationaction"].WhenAnySet);
        Assert.Equal(("Global", "Organization"), (ruled["notificationaction"].Then, ruled["notificationaction"].Otherwise));
        Assert.Equal("action", ruled["notificationactionproject"].Follow);
    }

    [Fact]
    public void Every_key_is_counted_and_remapped()
    {
        Assert.All(Model.Entities, entity => Assert.Equal(
            (KeyPolicy.Remap, true, RecordKeyKind.Integer), (entity.Key.Policy, entity.Key.HasCounter, entity.Key.Kind)));
    }

    [Theory]
    [InlineData("user", "User")]
    [InlineData("Organization", "User Organization")]
    [InlineData("CONFIG", "User Config")]
    [InlineData("global", "User Organization Config Global")]
    public void Scope_takes_what_the_specification_says(string name, string taken)
    {
        var scope = SentryScopes.Parse(name);

        Assert.Equal(taken.Split(' '), Scopes.Where(scope.Takes));
    }

    [Fact]
    public void An_unknown_scope_is_refused_with_those_that_are_known()
    {
        var exception = Assert.Throws<ArgumentException>(() => SentryScopes.Parse("galaxy"));

        Assert.StartsWith(
            "Sentry has no import scope 'galaxy'. Use one of: User, Organization, Config, Global.", exception.Message, StringComparison.Ordinal);
    }

    private static RelocationField Field(string path)
    {
        var dot = path.LastIndexOf('.');
        return Model.Find(ModelLabel.Parse(path[..dot]))!.Fields.Single(field => field.Name == path[(dot + 1)..]);
    }

    private static RelocationReference Reference(string label, string name) =>
        Model.Find(ModelLabel.Parse(label))!.References.Single(reference => reference.Name == name);
}
