//! Permissions: a table of roles by calls.

use crate::{
    machines::{DOWN, UP, machines, vm_id},
    support::{admin, ask, get, job_id, job_with_steps, plain_user, post, request, user_id},
};
use task_monitor::{
    domain::{RoleId, Status},
    engine::{ActionGroup, Caller, PredefinedRole, Role, RoleError, RoleType},
    wire::{Method, Request},
};
use uuid::Uuid;

fn own(role_type: RoleType, groups: &[ActionGroup]) -> Role {
    Role::new(RoleId::new(Uuid::from_u128(1)), "own", role_type, groups).unwrap()
}

fn with(roles: Vec<Role>) -> Caller {
    Caller { roles, ..plain_user() }
}

#[tokio::test]
async fn roles_by_calls() {
    let calls: Vec<(&str, Request)> = vec![
        ("add job", post("/jobs", r#"{"description":"x"}"#)),
        ("end job", post(&format!("/jobs/{}/end", job_id(1)), "{}")),
        ("jobs", get("/jobs")),
        ("start", post(&format!("/vms/{}/start", vm_id(DOWN)), "{}")),
        ("stop", post(&format!("/vms/{}/stop", vm_id(UP)), "{}")),
        ("migrate", post(&format!("/vms/{}/migrate", vm_id(UP)), "{}")),
        ("freeze", post(&format!("/vms/{}/freeze", vm_id(UP)), "{}")),
        ("vm", get(&format!("/vms/{}", vm_id(UP)))),
        ("roles", get("/roles")),
    ];
    let predefined = |role: PredefinedRole| with(vec![role.role()]);
    let rows: [(&str, Caller, [u16; 9]); 9] = [
        //                                            add  end  jobs start stop migr freez vm   roles
        ("SuperUser", predefined(PredefinedRole::SuperUser), [201, 200, 200, 200, 200, 200, 200, 200, 200]),
        (
            "ExternalTasksCreator",
            predefined(PredefinedRole::ExternalTasksCreator),
            [201, 200, 400, 403, 403, 403, 403, 404, 200],
        ),
        ("ReadOnlyAdmin", predefined(PredefinedRole::ReadOnlyAdmin), [403, 403, 200, 403, 403, 403, 403, 200, 200]),
        ("UserRole", predefined(PredefinedRole::UserRole), [403, 403, 400, 200, 200, 403, 403, 200, 200]),
        ("none", with(vec![]), [403, 403, 400, 403, 403, 403, 403, 404, 200]),
        (
            "own ADMIN role with MIGRATE_VM",
            with(vec![own(RoleType::Admin, &[ActionGroup::MIGRATE_VM])]),
            [403, 403, 200, 403, 403, 200, 403, 200, 200],
        ),
        (
            "own USER role with CREATE_VM",
            with(vec![own(RoleType::User, &[ActionGroup::CREATE_VM])]),
            [403, 403, 400, 403, 403, 403, 403, 404, 200],
        ),
        (
            "own ADMIN role with INJECT_EXTERNAL_TASKS",
            with(vec![own(RoleType::Admin, &[ActionGroup::INJECT_EXTERNAL_TASKS])]),
            [201, 200, 200, 403, 403, 403, 403, 200, 200],
        ),
        (
            "two roles together",
            with(vec![
                PredefinedRole::ExternalTasksCreator.role(),
                own(RoleType::User, &[ActionGroup::CONFIGURE_VM_STORAGE, ActionGroup::STOP_VM]),
            ]),
            [201, 200, 400, 403, 200, 403, 200, 200, 200],
        ),
    ];
    for (name, caller, expected) in rows {
        for ((call, request), status) in calls.iter().zip(expected) {
            let engine = machines([job_with_steps(1, Status::Started, true)]).await;
            let answer = ask(&engine, &caller, request.clone()).await;
            assert_eq!(answer.status, status, "{name}: {call}: {}", answer.body);
            if status == 403 {
                assert!(answer.body.contains("[User is not authorized to perform this action.]"), "{name}: {call}");
            }
        }
    }
}

/// A caller without permission does not learn whether a machine exists.
#[tokio::test]
async fn permission_is_checked_before_the_machine() {
    let engine = machines([]).await;
    let nobody = with(vec![]);
    for path in [format!("/vms/{}/start", vm_id(9)), format!("/vms/{}/start", vm_id(UP))] {
        assert_eq!(ask(&engine, &nobody, post(&path, "{}")).await.status, 403, "{path}");
    }
}

/// Machines and hosts are users' queries: a filtered reader sees what their roles show; only admins may read unfiltered.
#[tokio::test]
async fn filters_of_the_inventory() {
    let engine = machines([]).await;
    let creator = with(vec![PredefinedRole::ExternalTasksCreator.role()]);
    let rows = [
        (admin(), "", 200, 5),
        (admin(), "?filter=true", 200, 5),
        (plain_user(), "", 200, 5),
        (plain_user(), "?filter=true", 200, 5),
        (plain_user(), "?filter=false", 400, 0),
        (creator.clone(), "", 200, 0),
        (creator, "?filter=false", 400, 0),
    ];
    for (caller, query, status, vms) in rows {
        let answer = ask(&engine, &caller, get(&format!("/vms{query}"))).await;
        assert_eq!((answer.status, answer.ids("vm").len()), (status, vms), "{query} {:?}", caller.roles);
    }
    let one = format!("/vms/{}", vm_id(UP));
    assert!(ask(&engine, &admin(), get(&one)).await.json().get("host").is_some());
    assert!(ask(&engine, &plain_user(), get(&one)).await.json().get("host").is_none(), "hosts are not for users");
}

#[tokio::test]
async fn roles_and_permits_are_shown() {
    let engine = machines([]).await;
    let roles = ask(&engine, &plain_user(), get("/roles")).await;
    let names: Vec<_> = roles.json()["role"].as_array().unwrap().iter().map(|role| role["name"].clone()).collect();
    assert_eq!(names, ["ExternalTasksCreator", "ReadOnlyAdmin", "SuperUser", "UserRole"]);
    let creator = "/roles/def0000d-0000-0000-0000-def000000000";
    let one = ask(&engine, &plain_user(), get(creator)).await;
    assert_eq!(
        one.body,
        r#"{"administrative":"false","mutable":"false","name":"ExternalTasksCreator","description":"External Tasks Creator","link":[{"href":"/ovirt-engine/api/roles/def0000d-0000-0000-0000-def000000000/permits","rel":"permits"}],"href":"/ovirt-engine/api/roles/def0000d-0000-0000-0000-def000000000","id":"def0000d-0000-0000-0000-def000000000"}"#
    );
    let permits = ask(&engine, &plain_user(), get(&format!("{creator}/permits"))).await;
    assert_eq!(
        permits.body,
        r#"{"permit":[{"administrative":"true","role":{"href":"/ovirt-engine/api/roles/def0000d-0000-0000-0000-def000000000","id":"def0000d-0000-0000-0000-def000000000"},"name":"inject_external_tasks","href":"/ovirt-engine/api/roles/def0000d-0000-0000-0000-def000000000/permits/1500","id":"1500"}]}"#
    );
    for (path, status) in [
        (format!("{creator}/permits/1500"), 200),
        (format!("{creator}/permits/22"), 404),
        (format!("{creator}/permits/x"), 404),
        (format!("/roles/{}", job_id(1)), 404),
        ("/roles/x".to_owned(), 404),
    ] {
        assert_eq!(ask(&engine, &plain_user(), get(&path)).await.status, status, "{path}");
    }
    assert_eq!(ask(&engine, &admin(), request(Method::Post, "/roles").with_json("{}")).await.status, 405);
}

/// The ids of oVirt's own scripts (`00500_insert_roles.sql`), which programs may use.
#[tokio::test]
async fn predefined_roles_have_their_real_ids() {
    let engine = machines([]).await;
    for (name, administrative, id) in [
        ("SuperUser", "true", "00000000-0000-0000-0000-000000000001"),
        ("ExternalTasksCreator", "false", "def0000d-0000-0000-0000-def000000000"),
        ("ReadOnlyAdmin", "true", "def0000c-0000-0000-0000-def00000000c"),
        ("UserRole", "false", "00000000-0000-0000-0001-000000000001"),
    ] {
        let role = ask(&engine, &admin(), get(&format!("/roles/{id}"))).await.json();
        assert_eq!((&role["name"], &role["administrative"]), (&name.into(), &administrative.into()), "{id}");
    }
}

#[tokio::test]
async fn the_roles_of_users() {
    let engine = machines([]).await;
    let of = |number| format!("/users/{}/roles", user_id(number));
    for (caller, path, expected) in [
        (admin(), of(1), &["SuperUser"][..]),
        (admin(), of(2), &["ExternalTasksCreator"]),
        (admin(), of(5), &[]),
        (admin(), of(99), &[]),
        (plain_user(), of(4), &["UserRole"]),
        (plain_user(), of(1), &[]),
    ] {
        let answer = ask(&engine, &caller, get(&path)).await;
        let roles = answer.json()["role"].as_array().cloned().unwrap_or_default();
        let names: Vec<_> = roles.iter().map(|role| role["name"].as_str().unwrap()).collect();
        assert_eq!((answer.status, names.as_slice()), (200, expected), "{path}");
        for role in &roles {
            let href = role["href"].as_str().unwrap().strip_prefix("/ovirt-engine/api").unwrap().to_owned();
            let again = ask(&engine, &caller, get(&href)).await;
            assert_eq!((again.status, &again.json()), (200, role), "{href}");
        }
    }
    let users = ask(&engine, &admin(), get("/users")).await;
    assert_eq!(users.ids("user").len(), 5);
    let own = ask(&engine, &plain_user(), get("/users")).await;
    assert_eq!(own.ids("user"), [plain_user().user.id.to_string()]);
    assert_eq!(ask(&engine, &plain_user(), get("/users?filter=false")).await.status, 400);
}

#[test]
fn a_role_is_made_of_action_groups() {
    let id = RoleId::new(Uuid::from_u128(1));
    let long = "x".repeat(127);
    let rows: [(&str, RoleType, &[ActionGroup], Option<RoleError>); 9] = [
        ("operators", RoleType::Admin, &[ActionGroup::RUN_VM], None),
        ("operators", RoleType::Admin, &[ActionGroup::INJECT_EXTERNAL_TASKS], None),
        ("operators", RoleType::User, &[ActionGroup::RUN_VM, ActionGroup::CREATE_DISK], None),
        (
            "operators",
            RoleType::User,
            &[ActionGroup::RUN_VM, ActionGroup::INJECT_EXTERNAL_TASKS],
            Some(RoleError::AdminGroup(ActionGroup::INJECT_EXTERNAL_TASKS)),
        ),
        ("operators", RoleType::Admin, &[], Some(RoleError::NoActionGroup)),
        ("", RoleType::Admin, &[ActionGroup::RUN_VM], Some(RoleError::Name)),
        (" x", RoleType::Admin, &[ActionGroup::RUN_VM], Some(RoleError::Name)),
        ("a,b", RoleType::Admin, &[ActionGroup::RUN_VM], Some(RoleError::Name)),
        (&long, RoleType::Admin, &[ActionGroup::RUN_VM], Some(RoleError::Name)),
    ];
    for (name, role_type, groups, expected) in rows {
        let made = Role::new(id, name, role_type, groups);
        assert_eq!(made.as_ref().err().copied(), expected, "{name} {groups:?}");
        if let Ok(role) = made {
            assert!(groups.iter().all(|group| role.allows(*group)) && !role.predefined);
        }
    }
    let numbers: Vec<u16> = ActionGroup::ALL.iter().map(|group| group.number()).collect();
    assert!(numbers.is_sorted() && numbers.contains(&1500));
    assert_eq!(ActionGroup::named("inject_external_tasks"), ActionGroup::numbered(1500));
    assert_eq!(ActionGroup::named("FLY"), None);
}
