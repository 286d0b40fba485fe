using System.Text.Json.Nodes;
using Relocation.Testing.Planning;
using Xunit;

namespace Relocation.Testing.Tests.Planning;

public sealed class ModelDependencyTests
{
    /// <summary>A circle that is cut, a reference to the model itself, a join, and a model that nothing holds on to.</summary>
    private static readonly RelocationModel Company = RelocationModel.Create(
        "company",
        [
            Entity("firm", [Field("boss_id", isNullable: true)], [Reference("boss", "boss_id", "company.person")]) with { Scopes = ["Organization"], IsRoot = true },
            Entity("person", [Field("firm_id"), Field("chief_id", isNullable: true)],
                [Reference("firm", "firm_id", "company.firm"), Reference("chief", "chief_id", "company.person")]) with
            {
                Scopes = ["User", "Organization"],
                ScopeRule = new ScopeRule { WhenAnySet = ["firm_id"], Then = "Organization", Otherwise = "User" },
                Uniques = [new UniqueSet { Fields = ["firm_id", "chief_id"] }, new UniqueSet { Fields = ["chief_id", "firm_id"] }],
            },
            Entity("note", [Field("about", isNullable: true)], [Reference("about", "about", "company.person", hasConstraint: false)]) with
            {
                Dependencies = [ModelLabel.Parse("company.firm")],
            },
        ]);

    [Fact]
    public void Order_is_that_of_the_plan_and_tables_follow_it()
    {
        var dependencies = ModelDependencies.Of(Company);

        Assert.Equal(ImportPlan.For(Company).Models.Select(planned => planned.Entity.Label), dependencies.Sorted);
        Assert.Equal(["firm", "person", "note"], dependencies.Tables);
        Assert.Equal("company.firm\ncompany.person\ncompany.note", dependencies.ToText(DependencyListing.Sorted));
    }

    [Fact]
    public void Detailed_listing_says_kinds_nulls_scopes_and_what_dangles()
    {
        var listing = JsonNode.Parse(ModelDependencies.Of(Company).ToJson(DependencyListing.Detailed))!;

        Assert.Equal("""{"kind":"ForeignKey","model":"company.person","nullable":true}""", listing["company.person"]!["foreign_keys"]!["chief"]!.ToJsonString());
        Assert.Equal("""{"kind":"Reference","model":"company.person","nullable":true}""", listing["company.note"]!["foreign_keys"]!["about"]!.ToJsonString());
        Assert.Equal("""["User","Organization"]""", listing["company.person"]!["relocation_scope"]!.ToJsonString());
        Assert.Equal("\"Organization\"", listing["company.firm"]!["relocation_scope"]!.ToJsonString());
        Assert.Null(listing["company.note"]!["relocation_scope"]);
        Assert.Equal("""[["chief_id","firm_id"]]""", listing["company.person"]!["uniques"]!.ToJsonString());
        Assert.Equal("""["company.firm"]""", listing["company.note"]!["relocation_dependencies"]!.ToJsonString());
        Assert.Equal(
            ["company.note"], listing.AsObject().Where(model => model.Value!["dangling"]!.GetValue<bool>()).Select(model => model.Key));
    }

    [Fact]
    public void Drawing_marks_scopes_nulls_declared_dependencies_and_cuts() => Assert.Equal(
        """
        flowchart LR
          subgraph s0["Organization"]
            m0["company.firm"]
          end
          subgraph s1["User or Organization"]
            m2["company.person"]
          end
          subgraph s2["every scope"]
            m1["company.note"]
          end
          m0 -."boss (cut: filled in later)".-> m2
          m1 -."about".-> m2
          m1 -."declared".-> m0
          m2 --"firm"--> m0
          m2 -."chief (cut: filled in later)".-> m2
          linkStyle 0,4 stroke:#c00,color:#c00

        """.ReplaceLineEndings("\n"),
        ModelDependencies.Of(Company).ToMermaid());

    /// <summary>Without declared roots a model that needs nothing stands by itself; only circles without null do not.</summary>
    [Fact]
    public void Circle_without_null_dangles_where_no_root_is_declared()
    {
        var model = RelocationModel.Create("circle",
            [
                Entity("a", [Field("b", isNullable: true)], [Reference("b", "b", "company.b")]),
                Entity("b", [Field("a")], [Reference("a", "a", "company.a")]),
                Entity("c", [Field("d")], [Reference("d", "d", "company.d", hasConstraint: false)]),
                Entity("d", [Field("c")], [Reference("c", "c", "company.c", hasConstraint: false)]),
            ]);
        var dependencies = ModelDependencies.Of(model);

        Assert.Equal(["company.c", "company.d"], model.Entities.Where(entity => dependencies.IsDangling(entity.Label)).Select(entity => entity.Label.Value));
    }

    private static RelocationEntity Entity(string name, RelocationField[] fields, RelocationReference[] references) => new()
    {
        Label = ModelLabel.Parse($"company.{name}"),
        Table = name,
        Key = new RelocationKey { Fields = [Field("id")], Policy = KeyPolicy.Remap, HasCounter = true },
        Fields = fields,
        References = references,
    };

    private static RelocationField Field(string name, bool isNullable = false) =>
        new() { Name = name, Column = name, Type = FieldType.Integer, StoreType = "INTEGER", IsNullable = isNullable };

    private static RelocationReference Reference(string name, string field, string target, bool hasConstraint = true) =>
        new() { Name = name, Fields = [field], Target = ModelLabel.Parse(target), HasConstraint = hasConstraint };
}
